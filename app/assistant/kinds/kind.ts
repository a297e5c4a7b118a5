import type { Tool } from '@anthropic-ai/sdk/resources/messages'
import { begin, refuseObstacle } from '#assistant/asking'
import { bodyOf } from '#assistant/client'
import { contextOf, finished, type Context } from '#assistant/context'
import type { FailureKind } from '#assistant/failure'
import type { Prepared } from '#assistant/question'
import type { Reply, ToolUse } from '#assistant/reply'
import type { Viewer } from '#identity/viewer'
import type AiInteraction from '#models/ai_interaction'
import type { ContextManifest } from '#models/ai_interaction'
import AiProposal from '#models/ai_proposal'
import type { Feature } from '#models/assistant/features'
import type Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

/** Where something is asked, and by whom. */
type Place = { project: Project; viewer: Viewer }

/** A proposal as an answer makes it, before it is kept. */
export type Proposed = Pick<AiProposal, 'kind' | 'content'> &
  Partial<Pick<AiProposal, 'type' | 'subjectId' | 'subjectVersion' | 'otherId' | 'otherVersion'>>

/**
 * One kind of thing that the assistant is asked for; each is a file beside this one. Its page and form are
 * in `#controllers/assistant/kinds`, how its proposals read in `#pages/assistant/kinds`, and accepting one
 * is a controller that makes an ordinary write of the person’s after `Tenancy.withAssistant()`.
 */
export type Kind<About> = {
  feature: Feature
  /** What Claude is told before the records. */
  instructions: string
  /** In tokens. */
  longestAnswer: number
  /** What Claude may do: propose, and nothing else. */
  tools?: Tool[]
  /** The records that go along; the whole project where this is left out. */
  context?: (place: Place, about: About) => Promise<Context>
  /** What is asked. People’s names are replaced in it before it is sent. */
  message: (about: About, context: Context) => string
  /** What is asked as its asker reads it later. */
  question: (about: About) => string
  /** The record that it is about, if it is about one. */
  subject?: (about: About) => ContextManifest['records'][number]
  /** The proposals in an answer; whatever has not the form of one, or rests on nothing, is left out. */
  proposals?: (uses: ToolUse[], about: About, asked: AiInteraction) => Promise<Proposed[]>
}

/** Puts together what is about to be sent; nothing is sent and nothing is kept. */
export async function prepare<About>(
  kind: Kind<About>,
  { project, viewer }: Place,
  about: About
): Promise<Prepared> {
  const context =
    (await kind.context?.({ project, viewer }, about)) ?? (await contextOf(project, viewer))
  const order = {
    system: [
      { type: 'text' as const, text: kind.instructions },
      { type: 'text' as const, text: context.text, cache_control: { type: 'ephemeral' as const } },
    ],
    messages: [
      { role: 'user' as const, content: context.people.text(kind.message(about, context)) },
    ],
    maxTokens: kind.longestAnswer,
    tools: kind.tools,
  }
  const subject = kind.subject?.(about)
  return {
    body: bodyOf(order, viewer.membershipId),
    manifest: { ...finished(context), ...(subject && { about: subject }) },
  }
}

/** Asks. What is proposed in the answer is kept for the asker, and changes nothing. */
export async function askFor<About>(
  request: { method(): string },
  kind: Kind<About>,
  place: Place,
  about: About
) {
  const { project, viewer } = place
  await refuseObstacle(viewer, project)
  const prepared = await prepare(kind, place, about)
  const { feature } = kind
  return begin(request, project, viewer, {
    feature,
    question: kind.question(about),
    ...prepared,
    finish: (asked, reply) => keepProposals(kind, about, asked, reply),
  })
}

/** Nonsense becomes no proposal; an answer of nothing else is none. */
async function keepProposals<About>(
  { proposals }: Kind<About>,
  about: About,
  asked: AiInteraction,
  reply: Reply
): Promise<FailureKind | null> {
  const found = (await proposals?.(reply.toolUses, about, asked)) ?? []
  if (found.length === 0) return reply.toolUses.length > 0 ? 'nonsense' : null
  Tenancy.withAssistant()
  for (const [index, proposed] of found.entries()) {
    await AiProposal.create({
      ...proposed,
      projectId: asked.projectId,
      interactionId: asked.id,
      membershipId: asked.membershipId,
      position: index + 1,
      status: 'proposed',
    })
  }
  return null
}
