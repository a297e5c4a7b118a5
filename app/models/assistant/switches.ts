import type { Viewer } from '#identity/viewer'
import AssistantSettings from '#models/assistant_settings'
import { flagsOf } from '#models/person_flag'
import type Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

/** Why someone cannot ask the assistant, in the words of the page. */
export const obstacles = {
  no_key: 'This platform does not have the assistant.',
  platform: 'The assistant is turned off on this platform for now.',
  organisation: 'Your organisation has not turned on the assistant.',
  project: 'The assistant is turned off for this project.',
  objection: 'You objected to AI features with your data, so nothing of yours is asked or sent.',
  restricted: 'The use of your data is restricted, so nothing of yours is asked or sent.',
} as const

export type Obstacle = keyof typeof obstacles

/** What keeps this person from using the assistant in this project; null when nothing does. */
export async function obstacleFor(
  viewer: Viewer,
  project: Project,
  { apiKey, isOffered }: { apiKey: string | null; isOffered: boolean }
): Promise<Obstacle | null> {
  if (!isOffered) return 'platform'
  if (!apiKey) return 'no_key'
  if (!(await AssistantSettings.current()).isEnabled) return 'organisation'
  if (!project.isAssistantEnabled) return 'project'
  const flags = await flagsOf(viewer.userId, Tenancy.current().trx)
  if (flags.restricted) return 'restricted'
  return flags.objectsToAi ? 'objection' : null
}
