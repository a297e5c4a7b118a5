import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

export const calendarExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'calendar_feeds.store': async (scene) => ({ as: await scene.member(), body: { kind: 'tasks' } }),
  'calendar_feeds.update': onFeed,
  'calendar_feeds.destroy': onFeed,
}

async function onFeed(scene: Scene): Promise<Exercise> {
  const { feed, owner } = await scene.feed()
  return { as: owner, params: { id: feed.id } }
}
