const CODE = /^[a-z][a-z0-9_.-]{0,63}$/
const REFERENCE = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** The text contains a salt, so that no one can guess what it says. */
const SHA256 = /^[0-9a-f]{64}$/
const NUMBER = /^\d{1,15}$/

/**
 * The closed vocabulary of what an event may state in clear for ever. Facts can never be erased, so nothing that could
 * name a person fits in them: only codes, references, ids and counts.
 */
const vocabulary = {
  ref: REFERENCE,
  kind: CODE,
  from: CODE,
  to: CODE,
  role: CODE,
  status: CODE,
  reason: CODE,
  outcome: CODE,
  format: CODE,
  version: REFERENCE,
  seal: SHA256,
  former: SHA256,
  source: UUID,
  target: UUID,
  import: UUID,
  token: UUID,
  count: NUMBER,
  changed: NUMBER,
  skipped: NUMBER,
  batch: NUMBER,
}

export type Facts = { [Name in keyof typeof vocabulary]?: string | number | null }

/** Drops absent facts. Throws on a name or a form outside the vocabulary. */
export function checkedFacts(facts: Facts = {}): Facts {
  const present = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined)
  for (const [name, value] of present) {
    const form = vocabulary[name as keyof Facts]
    if (!form) throw new Error(`"${name}" is no audit fact: use a value, which can be erased`)
    if (!form.test(String(value))) throw new Error(`The audit fact "${name}" holds free text`)
  }
  return Object.fromEntries(present)
}
