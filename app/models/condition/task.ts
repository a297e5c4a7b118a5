import { beginning } from '#models/text/beginning'
import type GateCondition from '#models/gate_condition'
import type { KeptState } from '#models/condition/enumerations'
import type Project from '#models/project'
import Task from '#models/task'
import type { TaskStatus } from '#models/task/states'

const LONGEST_TITLE = 200

/** How far a condition is, as its task shows it. Sent back, it is work in progress. */
const statusFor: Record<KeptState, TaskStatus> = {
  open: 'in_progress',
  claimed: 'done',
  verified: 'done',
  waived: 'cancelled',
}

/** Gives a new condition's owner the work as a task. */
export function addConditionTask(project: Project, condition: GateCondition) {
  return Task.add(project, {
    title: beginning(`${condition.ref}: ${condition.text}`, LONGEST_TITLE),
    description: condition.text,
    priority: 'high',
    assigneeId: condition.ownerId,
    dueOn: condition.dueOn,
    sourceKind: 'gate_condition',
    gateConditionId: condition.id,
  })
}

/** Brings the task into line with its condition: the one place where the two are reconciled. */
export async function keepTaskInStep(project: Project, condition: GateCondition) {
  const task = await Task.query().where('gate_condition_id', condition.id).forUpdate().first()
  if (!task) return
  const isGoingOn = condition.state === 'open' && !task.isSettled
  task.refersTo(project).merge({
    assigneeId: condition.ownerId,
    status: isGoingOn ? task.status : statusFor[condition.state],
  })
  await task.saveRevision()
}
