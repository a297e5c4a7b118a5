import type { KindForm } from '#controllers/assistant/kinds/form'
import { assumptionCheck } from '#assistant/kinds/assumption_check'
import { openAssumptions } from '#models/assistant/assumptions'
import type RaidItem from '#models/raid_item'
import { refuse } from '#models/violation'
import { assumptionCheckState } from '#pages/assistant/assumption_page'

/** A look through the open assumptions. */
export const assumptions: KindForm<RaidItem[]> = {
  kind: assumptionCheck,
  template: 'pages/assistant/assumptions',
  path: ({ project }) => `/projects/${project.id}/assistant/assumptions`,
  about: async ({ project, viewer }) => {
    const open = await openAssumptions(project, viewer)
    if (open.length === 0) refuse('question', 'There are no open assumptions to check')
    return open
  },
  state: ({ project, viewer }) => assumptionCheckState(project, viewer),
}
