import { hash as digest } from 'node:crypto'
import type { Statement } from '#tenancy/batch'

/** Texts are kept in two generations of this many: those of the older one are dropped if unused meanwhile. */
const GENERATION = 500

let recent = new Map<string, Statement>()
let former = new Map<string, Statement>()

/**
 * The statement for a text with `?` placeholders. Once a text is used again it gets a name, under which connections
 * keep it: lists with many filters produce texts that never recur.
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

/** Named by its content, the same in every process: no pooler in between can confuse one with another's statement. */
function named({ name, text }: Statement): Statement {
  return { name: name ?? `read_${digest('sha256', text).slice(0, 24)}`, text }
}
