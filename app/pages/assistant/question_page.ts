import type { Viewer } from '#identity/viewer'
import type AiInteraction from '#models/ai_interaction'
import type Project from '#models/project'
import { number } from '#models/text/numbers'
import { conversationPath } from '#pages/assistant/conversation_page'
import { pageOfKind } from '#pages/assistant/kinds'
import { sentState } from '#pages/assistant/sent'
import { turnState } from '#pages/assistant/turn'
import { day, moment } from '#registries/formats'
import { pounds } from '#registries/money'

/** The state of `pages/assistant/question`. */
export async function questionState(project: Project, viewer: Viewer, asked: AiInteraction) {
  const [turn] = await turnState([asked], project, viewer)
  return {
    turn,
    sent: asked.prompt ? await sentState(asked.prompt, asked.contextManifest) : null,
    facts: turn.isRunning ? [] : factsOf(asked),
    back: pageOfKind(asked) ?? {
      label: 'Assistant',
      href: `${conversationPath(project, asked.conversationId)}#turn-${asked.id}`,
    },
  }
}

function factsOf(asked: AiInteraction) {
  const cached = asked.cacheReadTokens + asked.cache5mTokens + asked.cache1hTokens
  const rows: [string, string][] = [
    ['Asked', moment(asked.askedAt)],
    ['Model', asked.model],
    ['Tokens sent', number(asked.inputTokens + cached)],
    ['Of them cached', number(cached)],
    [
      'Tokens of the answer',
      `${number(asked.outputTokens)}${asked.isEstimated ? ', estimated' : ''}`,
    ],
    ['Cost', `${pounds(asked.costMicros)}, at prices of ${day(asked.priceVersion)}`],
  ]
  return rows.map(([label, value]) => ({ label, value }))
}
