import vine from '@vinejs/vine'
import type { ContextManifest } from '#models/ai_interaction'

/** A statement, and the refs of the records it relies on. */
export type Cited = { text: string; refs: string[] }

/** The part of a tool’s input that takes sentences. */
export const sentencesSchema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      text: { type: 'string', description: 'One sentence, without any ref in it' },
      refs: {
        type: 'array',
        items: { type: 'string' },
        description: 'The refs of the records it rests on, exactly; at least one',
      },
    },
    required: ['text', 'refs'],
  },
}

export const refsSchema = {
  type: 'array',
  items: { type: 'string' },
  description: 'The refs of the records that this rests on, exactly; at least one',
}

/** A text in an answer, with a maximum length. */
export const words = (most: number) => vine.string().trim().minLength(1).maxLength(most)

/** The refs that an answer gives for a statement. */
export const refs = () => vine.array(vine.string().trim().maxLength(60)).maxLength(20)

/** Sentences of an answer, each with its refs. */
export const sentences = () =>
  vine.array(vine.object({ text: words(1000), refs: refs() })).maxLength(30)

/** The named refs that were actually sent, each once. */
export function knownRefs(named: string[], manifest: ContextManifest | null) {
  const sent = new Set((manifest?.records ?? []).map(({ ref }) => ref))
  return [...new Set(named)].filter((ref) => sent.has(ref))
}

/** What relies on a record that was sent. The rest was made up, and is left out. */
export function resting(said: Cited[], manifest: ContextManifest | null): Cited[] {
  return said
    .map(({ text, refs: named }) => ({ text, refs: knownRefs(named, manifest) }))
    .filter(({ refs: known }) => known.length > 0)
}

/** One line: the sentence with its sources behind it. `linesOf` reads it back. */
export function lineWith({ text, refs: named }: Cited) {
  return `${text.replaceAll(/\s+/g, ' ')} (${named.join(', ')})`
}
