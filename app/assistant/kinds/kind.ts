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

/** Where a question is asked, and by whom. */
type Place = { project: Project; viewer: Viewer }

/** A proposal as an answer makes it, before it is kept. */
export type Proposed = Pick<AiProposal, 'kind' | 'content'> &
  Partial<Pick<AiProposal, 'type' | 'subjectId' | 'subjectVersion' | 'otherId' | 'otherVersion'>>

/**
 * One kind of thing the assistant can be asked for; each is a file beside this one. Its page and form are in
 * `#controllers/assistant/kinds`, and how its proposals read is in `#pages/assistant/kinds`. Accepting a proposal is an
 * ordinary write by the person in a controller, after `Tenancy.withAssistant()`.
 */
export type Kind<About> = {
  feature: Feature
  /** What Claude is told before the records. */
  instructions: string
  /** In tokens. */
  longestAnswer: number
  /** What Claude may do: make proposals, nothing else. */
  tools?: Tool[]
  /** The records that are sent; the whole project when left out. */
  context?: (place: Place, about: About) => Promise<Context>
  /** The question. People’s names in it are replaced before it is sent. */
  message: (about: About, context: Context) => string
  /** The question as its asker reads it later. */
  question: (about: About) => string
  /** The record that it is about, if it is about one. */
  subject?: (about: About) => ContextManifest['records'][number]
  /** The proposals in an answer; anything malformed or unsupported by a record is left out. */
  proposals?: (uses: ToolUse[], about: About, asked: AiInteraction) => Promise<Proposed[]>
}

/** Prepares what is about to be sent. Sends and stores nothing. */
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

/** Asks. Proposals in the answer are stored for the asker, and change nothing. */
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

/** Anything malformed makes no proposal; an answer with nothing else is no answer. */
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
