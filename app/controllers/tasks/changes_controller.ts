import type { HttpContext } from '@adonisjs/core/http'
import { orRefused } from '#controllers/refusal'
import { localPath, previousPath } from '#identity/local_path'
import { changeOf, type BulkChoice } from '#models/task/bulk/changes'
import { MOST, readRow, type BulkRow } from '#models/task/bulk/row'
import { Selection } from '#models/task/bulk/selection'
import { undoing } from '#models/task/bulk/undoing'
import { taskRef } from '#models/task/refs'
import { refuse } from '#models/violation'
import TaskPolicy from '#policies/task_policy'
import { chosenTasks, tasksChangeState } from '#pages/tasks/change_page'
import { changeTasks } from '#validators/task'

export default class ChangesController {
  /** Lists the tasks chosen in a list and asks what to change about them. */
  async create(ctx: HttpContext) {
    const { htmx, project, request, response, session, viewer } = ctx
    const numbers = new URLSearchParams(request.parsedUrl.query ?? '').getAll('task')
    const tasks = await chosenTasks(viewer, project, numbers)
    const list = localPath(request.qs().return_to, listOf(ctx))
    if (tasks.length === 0 || tasks.length > MOST) {
      session.flash('warning', tasks.length === 0 ? 'Choose at least one task.' : TOO_MANY)
      return response.seeOther(list)
    }
    return htmx.page('pages/tasks/change', await tasksChangeState(viewer, project, tasks, list))
  }

  /** Changes all of the tasks or, where one is refused, none, and says why. */
  async store(ctx: HttpContext) {
    const { request, response, session } = ctx
    const change = async () => {
      await changeChosen(ctx)
      return localPath(request.input('return_to'), listOf(ctx))
    }
    const page = await orRefused(change, (refusal) => {
      session.flashValidationErrors(refusal)
      // The page's address names the tasks.
      return previousPath(ctx, listOf(ctx))
    })
    return response.seeOther(page)
  }
}

async function changeChosen(ctx: HttpContext) {
  const { project, request, session, viewer } = ctx
  const { rows: texts, ...choice } = await request.validateUsing(changeTasks)
  const rows = texts.map(readRow)
  const outside = viewer.can('task.update', project)
  const wanted = await changeOf(choice as BulkChoice, { project, rows, outside })
  const policy = new TaskPolicy()
  const selection = new Selection(project, viewer, rows, (right, task) =>
    policy[right](viewer, task, project)
  )
  const { refused, former } = await selection.change(wanted)
  if (refused.length > 0) {
    const reasons = refused.map(({ number, reason }) => [taskRef(project.code, number), reason])
    session.flash('refused', Object.fromEntries(reasons))
    refuse('rows', summary(refused.length))
  }
  const isBack = isUndo(rows)
  session.flash('success', `${counted(former.length)} ${isBack ? 'put back' : 'changed'}.`)
  const fields = isBack ? null : undoing(choice.change, former, choice.status)
  if (fields) session.flash('undo', { action: `${listOf(ctx)}/changes`, fields })
}

const TOO_MANY = `Choose at most ${MOST} tasks at once.`

/** Undoing gives each row back its own value. */
function isUndo(rows: BulkRow[]) {
  return rows[0].value !== undefined
}

function listOf({ project }: HttpContext) {
  return `/projects/${project.id}/tasks`
}

function summary(count: number) {
  return `Nothing was changed, because ${counted(count)} cannot be changed this way.`
}

function counted(count: number) {
  return count === 1 ? '1 task' : `${count} tasks`
}
