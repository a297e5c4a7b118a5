import ChecklistItem from '#models/checklist_item'
import TaskAttachment from '#models/task_attachment'
import TaskPredecessor from '#models/task_predecessor'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'
import { named } from '#tests/support/sending'

export const taskExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'tasks.store': async (scene) => ({ as: 'team', body: await fieldsOf(scene) }),
  'tasks.update': async (scene) =>
    onTask(scene, { ...(await fieldsOf(scene)), title: 'Grease both gates' }),
  'tasks.rows.update': async (scene) => {
    const { membershipId: assignee } = await scene.world.person('team')
    return onTask(scene, { assignee, status: 'todo', priority: 'high' })
  },
  'tasks.changes.store': async (scene) => {
    const { number } = await scene.task()
    return { as: 'manager', body: { rows: `${number}.1`, change: 'priority', priority: 'high' } }
  },
  'tasks.statuses.update': (scene) => onTask(scene, { status: 'in_progress' }),
  'tasks.comments.store': (scene) => besideTask(scene, { body: 'Seen on site today' }),
  'tasks.attachments.store': (scene) => besideTask(scene, { file: named('gate.txt', 'Greased.') }),
  'tasks.attachments.destroy': async (scene) => {
    const task = await scene.task()
    const { id } = await scene.world.inside(() =>
      TaskAttachment.add(task, 'gate.txt', Buffer.from('Greased.'))
    )
    return { as: 'manager', params: { id: task.id, attachment_id: id } }
  },
  'tasks.checklist.store': (scene) => besideTask(scene, { text: 'Buy grease' }),
  'tasks.checklist.update': (scene) => onStep(scene, { done: '1' }),
  'tasks.checklist.places.update': (scene) => onStep(scene, { direction: 'down' }),
  'tasks.checklist.destroy': (scene) => onStep(scene, {}),
  'tasks.predecessors.store': async (scene) => {
    const { number } = await scene.task()
    return besideTask(scene, { ref: `T${number}` })
  },
  'tasks.predecessors.destroy': async (scene) => {
    const [task, earlier] = [await scene.task(), await scene.task()]
    const { id } = await scene.world.inside(async () => {
      await TaskPredecessor.join(task, earlier)
      return TaskPredecessor.findByOrFail('taskId', task.id)
    })
    return { as: 'manager', params: { id: task.id, predecessor_id: id } }
  },
}

async function fieldsOf({ world }: Scene) {
  const { membershipId } = await world.person('team')
  return { title: 'Paint the gate', assignee: membershipId }
}

function onTask(scene: Scene, body: Record<string, unknown>): Promise<Exercise> {
  return besideTask(scene, { lock_version: 1, ...body })
}

/** Adds to a task without changing it, whatever version was seen. */
async function besideTask(scene: Scene, body: Record<string, unknown>): Promise<Exercise> {
  const { id } = await scene.task()
  return { as: 'manager', params: { id }, body }
}

/** The first of two steps. */
async function onStep(scene: Scene, body: Record<string, unknown>): Promise<Exercise> {
  const task = await scene.task()
  const step = await scene.world.inside(async () => {
    const first = await ChecklistItem.add(task, 'Clean the hinges')
    await ChecklistItem.add(task, 'Grease them')
    return first
  })
  return { as: 'manager', params: { id: task.id, item_id: step.id }, body }
}
