import { mintInvocation } from '#assistant/invocations'
import AiInteraction from '#models/ai_interaction'
import AiProposal from '#models/ai_proposal'
import type Project from '#models/project'
import { priceList } from '#registries/assistant_prices'
import type { World } from '#tests/support/world'

/** A question of the manager's, with the leave by which it was asked. */
export async function addAssistantRows(world: World, project: Project) {
  const manager = await world.person('manager')
  await world.inside(async () => {
    const about = { projectId: project.id, feature: 'ask' as const }
    const { id: invocationId } = await mintInvocation({ method: () => 'POST' }, about)
    const asked = await AiInteraction.create({
      ...about,
      invocationId,
      question: 'Why is the crane late?',
      prompt: '{}',
      answer: 'The permit is not there yet.',
      contextManifest: {
        records: [],
        withheld: { restricted: 0, overflow: 0 },
        people: {},
      },
      model: 'claude-sonnet-5-5',
      priceVersion: priceList.version,
      reservedMicros: 1000,
    })
    await propose(asked)
  }, manager)
}

/** An entry that was proposed from it. Call it as the member who asked. */
export function propose(asked: AiInteraction, position = 1) {
  return AiProposal.create({
    projectId: asked.projectId,
    interactionId: asked.id,
    membershipId: asked.membershipId,
    position,
    kind: 'entry',
    type: 'risk',
    content: { title: 'The crane is late', quote: 'crane late again', cause: 'No permit' },
    status: 'proposed',
  })
}
