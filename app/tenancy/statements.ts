import { hash as digest } from 'node:crypto'
import type { Statement } from '#tenancy/batch'

/** Texts are known in two generations of so many: those of the older one go that nobody asked for meanwhile. */
const GENERATION = 500

let recent = new Map<string, Statement>()
let former = new Map<string, Statement>()

/**
 * The statement of a text with `?` placeholders. Once a text is asked for again it has a name, under which connections
 * keep it: lists with many filters ask for texts that nobody asks for twice.
 */
export function statementOf(text: string): Statement {
  const known = recent.get(text)
  if (known?.name) return known
  const before = known ?? former.get(text)
  const statement = before ? named(before) : { text: numbered(text) }
  if (!known && recent.size >= GENERATION) {
    former = recent
    recent = new Map()
  }
  recent.set(text, statement)
  return statement
}

function numbered(text: string) {
  let place = 0
  return text.replace(/\?/g, () => `$${++place}`)
}

/** By what it says, the same in every process: no pooler in between can have one mean another's statement. */
function named({ name, text }: Statement): Statement {
  return { name: name ?? `read_${digest('sha256', text).slice(0, 24)}`, text }
}
