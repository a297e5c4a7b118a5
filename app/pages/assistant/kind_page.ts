import { claudeSettings } from '#config/assistant'
import type { Viewer } from '#identity/viewer'
import { obstacleFor, obstacles } from '#models/assistant/switches'
import type Project from '#models/project'

/** Whether the viewer can ask in this project, so that other pages link to it or not. */
export async function canAsk(project: Project, viewer: Viewer) {
  if (!viewer.can('assistant.ask', project)) return false
  return (await obstacleFor(viewer, project, claudeSettings)) === null
}

/** What every such page shows besides its own fields and proposals. */
export async function kindState(project: Project, viewer: Viewer, page: string) {
  const obstacle = await obstacleFor(viewer, project, claudeSettings)
  return { page, obstacle: obstacle && obstacles[obstacle] }
}
