import { mintInvocation } from '#assistant/invocations'
import AiInteraction, { type ContextManifest } from '#models/ai_interaction'
import AiProposal, { type ProposalContent, type ProposalKind } from '#models/ai_proposal'
import type { Feature } from '#models/assistant/features'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { Person, World } from '#tests/support/world'
import { PROMPT } from '#tests/support/prompt'

type Record = ContextManifest['records'][number]

type ProposedThing = {
  feature: Feature
  kind: ProposalKind
  content: ProposalContent
  about?: Record
  /** What was sent, and can be cited. */
  records?: Record[]
  subject?: { id: string; lockVersion: number }
}

/** What an answer to someone proposed, without Claude. Returns the proposal’s id. */
export async function proposeTo(
  { world, project, person }: { world: World; project: Project; person: Person },
  { feature, kind, content, about, records = [], subject }: ProposedThing
) {
  const made = await world.inside(async () => {
    const { id: invocationId } = await mintInvocation(
      { method: () => 'POST' },
      { projectId: project.id, feature }
    )
    const asked = await AiInteraction.create({
      projectId: project.id,
      feature,
      invocationId,
      question: 'Look',
      prompt: PROMPT,
      model: 'm',
      priceVersion: 'p',
      reservedMicros: 1,
      contextManifest: { records, about, withheld: { restricted: 0, overflow: 0 }, people: {} },
    })
    return AiProposal.create({
      projectId: project.id,
      interactionId: asked.id,
      membershipId: asked.membershipId,
      position: 1,
      kind,
      content,
      status: 'proposed' as const,
      subjectId: subject?.id,
      subjectVersion: subject?.lockVersion,
    })
  }, person)
  await sql(
    admin(),
    `update ai_interactions set status = 'answered', settled_at = now() where id = ?`,
    [made.interactionId]
  )
  return made.id
}
