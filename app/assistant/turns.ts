import type { MessageParam } from '@anthropic-ai/sdk/resources/messages'
import type { Pseudonyms } from '#assistant/pseudonyms'
import type AiInteraction from '#models/ai_interaction'

/** An earlier question with its answer, as the next call repeats it. The answer still names no one. */
export function withoutPeople(
  { question, answer }: AiInteraction,
  people: Pseudonyms
): MessageParam[] {
  if (!question || !answer) return []
  return [
    { role: 'user', content: people.text(question) },
    { role: 'assistant', content: answer },
  ]
}
