import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

/** How to make each audited route of a project's health succeed once, in a project without ratings. */
export const healthExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'project_ratings.store': async (scene) => ({
    as: 'manager',
    params: await unrated(scene),
    body: {
      scope_rating: 'amber',
      scope_reason: 'Two changes wait',
      scope_path_to_green: 'The board decides on them',
    },
  }),
  'delivery_confidences.store': async (scene) => ({
    as: 'auditor',
    params: await unrated(scene),
    body: { rating: 'green', rationale: 'Well prepared' },
  }),
}

async function unrated({ world }: Scene) {
  return { project_id: (await world.project()).id }
}
