import type { KindForm } from '#controllers/assistant/kinds/form'
import { gateChallenge } from '#assistant/kinds/gate_challenge'
import Gate from '#models/gate'
import { gateChallengeState } from '#pages/assistant/gate_challenge_page'

/** Questions about what a gate rests on. */
export const gate: KindForm<Gate> = {
  kind: gateChallenge,
  template: 'pages/assistant/gate_challenge',
  path: ({ params, project }) => `/projects/${project.id}/assistant/gates/${params.gate_id}`,
  about: ({ params, project }) => Gate.findIn(project, params.gate_id),
  state: async ({ params, project, viewer }) =>
    gateChallengeState(project, viewer, await Gate.findIn(project, params.gate_id)),
}
