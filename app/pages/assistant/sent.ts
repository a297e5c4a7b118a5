import type { ContextManifest } from '#models/ai_interaction'
import { peopleBehind } from '#models/assistant/people'

type Message = { role: 'user' | 'assistant'; content: string }

/** What is or was sent, part by part, and the people behind the words in it. */
export async function sentState(prompt: string, manifest: ContextManifest | null) {
  const body = JSON.parse(prompt)
  const [instructions, records] = (body.system ?? []).map(({ text }: { text: string }) => text)
  const names = await peopleBehind([{ contextManifest: manifest }])
  return {
    model: body.model,
    instructions,
    records,
    lines: String(records ?? '').split('\n').length,
    messages: (body.messages ?? []) as Message[],
    people: [...names].map(([word, name]) => ({ word, name })),
    withheld: manifest?.withheld ?? { restricted: 0, overflow: 0 },
    raw: prompt,
  }
}
