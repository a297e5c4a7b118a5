import { mintInvocation } from '#assistant/invocations'
import AiInteraction from '#models/ai_interaction'
import AiProposal from '#models/ai_proposal'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { priceList } from '#registries/assistant_prices'
import type { World } from '#tests/support/world'
import { PROMPT } from '#tests/support/prompt'

/** A question of the manager's, with the permission by which it was asked. */
export async function addAssistantRows(world: World, project: Project) {
  const manager = await world.person('manager')
  await world.inside(async () => {
    const about = { projectId: project.id, feature: 'ask' as const }
    const { id: invocationId } = await mintInvocation({ method: () => 'POST' }, about)
    const asked = await AiInteraction.create({
      ...about,
      invocationId,
      question: 'Why is the crane late?',
      prompt: PROMPT,
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
    const [item, other] = await twoEntries(project)
    await propose(asked, 'action', aboutEntry(item))
    await propose(asked, 'merge', aboutEntries(item, other))
  }, manager)
}

async function twoEntries(project: Project) {
  const entries = await RaidItem.query().where('project_id', project.id).limit(2)
  while (entries.length < 2) {
    const about = { type: 'risk', nature: 'threat', title: 'Crane permit is late' } as const
    entries.push(await RaidItem.raise(project, about))
  }
  return entries
}

/** Makes a proposal about an entry, as it is now. */
export function aboutEntry({ id, lockVersion }: RaidItem): Partial<AiProposal> {
  return { subjectId: id, subjectVersion: lockVersion }
}

/** Makes a proposal about two entries: the first to keep, the other to close. */
export function aboutEntries(kept: RaidItem, closed: RaidItem): Partial<AiProposal> {
  return { ...aboutEntry(kept), otherId: closed.id, otherVersion: closed.lockVersion }
}

const proposals = {
  entry: {
    type: 'risk',
    content: { title: 'The crane is late', quote: 'crane late again', cause: 'No permit' },
  },
  action: { content: { title: 'Ask for the permit', why: 'Nobody did' } },
  merge: { content: { why: 'Both tell of the crane' } },
} as const

/** Something proposed in an answer, about some entry or none. Call it as the member who asked. */
export function propose(
  asked: AiInteraction,
  kind: keyof typeof proposals = 'entry',
  about: Partial<AiProposal> = {}
) {
  return AiProposal.create({
    projectId: asked.projectId,
    interactionId: asked.id,
    membershipId: asked.membershipId,
    position: Object.keys(proposals).indexOf(kind) + 1,
    kind,
    ...proposals[kind],
    ...about,
    status: 'proposed',
  })
}
