import type { KindForm } from '#controllers/assistant/kinds/form'
import { riskResponse, type Answered } from '#assistant/kinds/risk_response'
import RaidItem from '#models/raid_item'
import { refuse } from '#models/violation'
import { actionsState, obstacleOf } from '#pages/assistant/actions_page'
import { readWish } from '#validators/assistant'

/** Actions that answer an entry of the RAID log. */
export const entryActions: KindForm<Answered> = {
  kind: riskResponse,
  template: 'pages/assistant/actions',
  path: ({ params, project }) => `/projects/${project.id}/assistant/entries/${params.id}`,
  about: async ({ params, project, request, viewer }) => {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    const { question } = await request.validateUsing(readWish)
    const obstacle = obstacleOf(item)
    if (obstacle) refuse('question', obstacle)
    return { item, wish: question ?? null }
  },
  state: async ({ params, project, request, viewer }) =>
    actionsState(
      project,
      viewer,
      await RaidItem.findVisible(project, viewer, params.id),
      request.input('question')
    ),
}
