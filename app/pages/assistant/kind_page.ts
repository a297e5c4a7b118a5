import { claudeSettings } from '#config/assistant'
import type { Viewer } from '#identity/viewer'
import { obstacleFor, obstacles } from '#models/assistant/switches'
import type Project from '#models/project'

/** What the page of every kind of asking shows beside its own fields and proposals. */
export async function kindState(project: Project, viewer: Viewer, page: string) {
  const obstacle = await obstacleFor(viewer, project, claudeSettings)
  return { page, obstacle: obstacle && obstacles[obstacle] }
}
