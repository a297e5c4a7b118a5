import type { KindForm } from '#controllers/assistant/kinds/form'
import { changeSummary } from '#assistant/kinds/change_summary'
import { changesState } from '#pages/assistant/changes_page'
import { summariseSince } from '#validators/assistant'

/** What changed since a day. */
export const changes: KindForm<string> = {
  kind: changeSummary,
  template: 'pages/assistant/changes',
  path: ({ project }) => `/projects/${project.id}/assistant/changes`,
  about: async ({ request }) => (await request.validateUsing(summariseSince)).since,
  state: ({ project, request, viewer }) => changesState(project, viewer, request.input('since')),
}
