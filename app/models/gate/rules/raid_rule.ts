import type { Offender, Place, Rule } from '#models/gate/rules/rule'
import { NAMED, verdictOn } from '#models/gate/rules/rule'
import type { RaidType } from '#models/raid/enumerations'
import { refOf } from '#models/raid/refs'
import { IS_OPEN } from '#models/raid/transitions'
import { visibleItems } from '#models/raid/visibility'
import type { Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type RaidRow = {
  id: string
  type: RaidType
  number: number
  title: string
  status: string
  is_owned: boolean
  response: string | null
  due_on: string | null
  next_review_on: string | null
  is_shown: boolean
  is_own: boolean
  total: number
  hidden: number
}

type Described = Omit<Rule, 'check' | 'fix'> & {
  /** SQL that is true of the open entries that break the rule. */
  condition: Condition | ((place: Place) => Condition)
  /** Also covers dependencies that other projects share with this one, unless they are kept to some people. */
  isShared?: boolean
  why: (row: RaidRow) => string
  on?: (row: RaidRow) => string | null
  fixLabel: string
  /** The query string of the list that shows them. */
  list: string
}

/** A rule about the open entries of the project's RAID log. */
export function raidRule({
  condition,
  isShared = false,
  why,
  on,
  fixLabel,
  list,
  ...described
}: Described): Rule {
  return {
    ...described,
    async check(place) {
      const wanted = typeof condition === 'function' ? condition(place) : condition
      return verdictOn(await offending(place, wanted, isShared), (row) =>
        offender(row, place, why, on)
      )
    },
    fix: ({ project }) => ({ label: fixLabel, href: `/projects/${project.id}/raid?${list}` }),
  }
}

function offending(
  { project, viewer }: Place,
  [text, values]: Condition,
  isShared: boolean
): Promise<RaidRow[]> {
  const { trx, organisationId } = Tenancy.current()
  const [shown, shownValues] = viewer ? visibleItems(viewer, project) : ['true', []]
  const among = isShared ? OWN_AND_SHARED : 'project_id = ?'
  const amongValues = isShared ? [project.id, project.id] : [project.id]
  return read<RaidRow>(
    trx,
    `select found.*, count(*) over ()::integer as total,
            (count(*) filter (where not is_shown) over ())::integer as hidden
       from (select id, type, number, title, status, response, due_on, next_review_on,
                    num_nonnulls(owner_id, owner_label) > 0 as is_owned, project_id = ? as is_own,
                    coalesce(project_id <> ? or ${shown}, false) as is_shown
               from raid_items
              where organisation_id = ? and ${among} and ${IS_OPEN} and ${text}) found
      order by is_shown desc, due_on nulls last, number limit ${NAMED}`,
    [project.id, project.id, ...shownValues, organisationId, ...amongValues, ...values]
  )
}

const OWN_AND_SHARED = `(project_id = ? or (counterpart_project_id = ? and type = 'dependency'
  and sensitivity = 'normal'))`

function offender(
  row: RaidRow,
  { project }: Place,
  why: Described['why'],
  on: NonNullable<Described['on']> = () => null
): Offender {
  return {
    id: row.id,
    ref: refOf(row.is_own ? project.code : null, row),
    title: row.title,
    why: why(row),
    on: on(row),
    href: `/projects/${project.id}/raid/${row.id}`,
  }
}
