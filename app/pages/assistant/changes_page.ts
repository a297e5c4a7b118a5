import type { Viewer } from '#identity/viewer'
import AiInteraction from '#models/ai_interaction'
import { today, addDays } from '#models/days'
import type Project from '#models/project'
import StatusReport from '#models/status_report'
import { historyOf } from '#pages/history'
import { kindState } from '#pages/assistant/kind_page'
import { turnState } from '#pages/assistant/turn'

const SHOWN = 10
const A_WEEK = 7

/** The state of `pages/assistant/changes`: the start date, the newest answer, and the latest of the trail itself. */
export async function changesState(project: Project, viewer: Viewer, since: unknown) {
  const last = await StatusReport.latest(project)
  const asked = await AiInteraction.latestOwn(project, viewer, 'change_summary')
  const [turn] = asked ? await turnState([asked], project, viewer) : []
  return {
    ...(await kindState(project, viewer, `/projects/${project.id}/assistant/changes`)),
    since: typeof since === 'string' ? since : (last?.periodEndOn ?? addDays(today(), -A_WEEK)),
    latest: turn ?? null,
    today: today(),
    history: await historyOf({ projectId: project.id }, viewer, { limit: SHOWN }),
  }
}
