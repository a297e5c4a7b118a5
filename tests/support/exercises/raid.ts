import type { Role } from '#policies/permissions'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

export const raidExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'raid_items.store': async () => ({
    as: 'team',
    body: { type: 'risk', nature: 'threat', title: 'Piling rig breaks down' },
  }),
  'raid_items.update': (scene) =>
    onItem(scene, 'manager', { nature: 'threat', title: 'Tide gate leaks badly' }),
  'raid_items.statuses.update': (scene) => onItem(scene, 'manager', { status: 'treating' }),
  'raid_items.rows.update': (scene) =>
    onItem(scene, 'manager', { status: 'treating', owner_id: '' }),
  'raid_items.conversions.store': (scene) => onItem(scene, 'manager', {}),
  'raid_items.acceptances.store': (scene) => onItem(scene, 'sponsor', {}),
  'raid_items.reviews.store': async (scene) => {
    const { number, type } = await scene.raise()
    return { as: 'manager', body: { type, rows: `${number}.1`, next_review_on: '2099-01-01' } }
  },
  'raid_items.links.store': (scene) =>
    besideItem(scene, 'manager', { ref: 'R1', kind: 'relates_to' }),
  'raid_items.links.destroy': async (scene) => {
    const { fromId, id } = await scene.link()
    return { as: 'manager', params: { id: fromId, link_id: id } }
  },
  'raid_items.comments.store': (scene) => besideItem(scene, 'team', { body: 'Seen on site today' }),
}

function onItem(scene: Scene, as: Role, body: Record<string, unknown>): Promise<Exercise> {
  return besideItem(scene, as, { lock_version: 1, ...body })
}

/** Adds to an entry without changing it, whatever version was seen. */
async function besideItem(
  scene: Scene,
  as: Role,
  body: Record<string, unknown>
): Promise<Exercise> {
  const { id } = await scene.raise()
  return { as, params: { id }, body }
}
