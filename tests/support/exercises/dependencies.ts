import RaidItem from '#models/raid_item'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

/** A dependency of the scene's project on another one, which has yet to answer. */
export async function proposed({ world, project }: Scene): Promise<RaidItem> {
  const other = await world.project({ visibility: 'organisation' })
  const manager = await world.person('manager')
  return world.inside(
    () =>
      RaidItem.raise(project, {
        type: 'dependency',
        title: 'Quay ready',
        direction: 'inbound',
        counterpartKind: 'project',
        counterpartProjectId: other.id,
      } as any),
    manager
  )
}

/** The manager's answer to it. */
export function answering(item: RaidItem): Exercise {
  return {
    as: 'manager',
    params: { id: item.id },
    body: { answer: 'disagreed', reason: 'No crane', lock_version: item.lockVersion },
  }
}

export const dependencyExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'raid_items.answers.update': async (scene) => answering(await proposed(scene)),
}
