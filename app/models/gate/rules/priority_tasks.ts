import { today } from '#models/days'
import { NAMED, verdictOn, type Place, type Rule } from '#models/gate/rules/rule'
import { taskRef } from '#models/task/refs'
import { IS_OPEN_TASK } from '#models/task/states'
import { visibleTasks } from '#models/task/visibility'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  id: string
  number: number
  title: string
  due_on: string
  is_shown: boolean
  total: number
  hidden: number
}

/** Tasks have no stage: high and critical ones must be done by the gate. */
export const priorityTasksOnTime: Rule = {
  label: 'No task of high or critical priority is overdue',
  nouns: ['pressing task is overdue', 'pressing tasks are overdue'],
  async check(place) {
    return verdictOn(await overdue(place), (row) => ({
      id: row.id,
      ref: taskRef(place.project.code, row.number),
      title: row.title,
      why: 'was due',
      on: row.due_on,
      href: `/projects/${place.project.id}/tasks/${row.id}`,
    }))
  },
  fix: ({ project }) => ({ label: 'Open tasks', href: `/projects/${project.id}/tasks` }),
}

function overdue({ project, viewer }: Place): Promise<Row[]> {
  const { trx, organisationId } = Tenancy.current()
  const [shown, shownValues] = viewer ? visibleTasks(viewer, project) : ['true', []]
  return read<Row>(
    trx,
    `select found.*, count(*) over ()::integer as total,
            (count(*) filter (where not is_shown) over ())::integer as hidden
       from (select id, number, title, due_on, coalesce(${shown}, false) as is_shown from tasks
              where organisation_id = ? and project_id = ? and priority in ('high', 'critical')
                and ${IS_OPEN_TASK} and due_on < ?) found
      order by is_shown desc, due_on, number limit ${NAMED}`,
    [...shownValues, organisationId, project.id, today()]
  )
}
