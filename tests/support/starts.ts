import type { Exercise } from '#tests/support/exercises'
import { gateExercises } from '#tests/support/exercises/gates'
import { linkedTask } from '#tests/support/exercises/externals'
import { reportExercises } from '#tests/support/exercises/reports'
import { roundExercises } from '#tests/support/exercises/rounds'
import { taskExercises } from '#tests/support/exercises/tasks'
import type { Scene } from '#tests/support/scene'

/** Pages in states that the scene does not have, and one whose address holds a secret. */
export async function startsOf(scene: Scene) {
  const { token } = await linkedTask('Harbour Board')
  const all = { ...roundExercises, ...reportExercises, ...gateExercises, ...taskExercises }
  const made = (name: string) => all[name](scene)
  const [preparing, polled, open, decided] = await inTurn(
    [
      'gate_reviews.store',
      'gate_confidences.update',
      'gate_votes.update',
      'gate_corrections.store',
    ],
    made
  )
  const [claimed, draft, published, stage, task] = await inTurn(
    [
      'gate_condition_verifications.store',
      'status_reports.update',
      'status_reports.corrections.store',
      'stages.update',
      'tasks.update',
    ],
    made
  )
  return [
    `/task/${token}`,
    ...['reviews/create', 'readiness', 'dates/edit', 'baselines/create'].map(
      (page) => `${gateOf(preparing)}/${page}`
    ),
    `/projects/${scene.project.id}/stages/${stage.id}/edit`,
    `/projects/${scene.project.id}/timetable/edit`,
    `/projects/${task.project_id}/tasks/${task.id}/edit`,
    ...[polled, open, decided].map((round) => `${gateOf(round)}/reviews/${round.id}`),
    `${gateOf(open)}/reviews/${open.id}/pack`,
    `${gateOf(decided)}/conditions`,
    `${gateOf(decided)}/reviews/${decided.id}/correction/create`,
    `/projects/${claimed.project_id}/conditions/${claimed.id}`,
    `/projects/${draft.project_id}/reports/create`,
    `/projects/${draft.project_id}/reports/${draft.id}/edit`,
    `/projects/${published.project_id}/reports/${published.id}`,
    `/projects/${published.project_id}/reports/${published.id}/correction/create`,
  ]
}

/** What each of the exercises names, one after the other. */
async function inTurn(names: string[], make: (name: string) => Promise<Exercise>) {
  const params = []
  for (const name of names) params.push((await make(name)).params!)
  return params
}

function gateOf({ project_id, gate_id }: Record<string, string>) {
  return `/projects/${project_id}/gates/${gate_id}`
}
