/** How refs begin: two to ten letters and digits, the first a letter. */
const CODED = '[A-Z][A-Z0-9]{1,9}'

/** A project's code. */
export const CODE = new RegExp(`^${CODED}$`)

/** A project's code, or a ref with one. */
export const CODE_OR_REF = new RegExp(`^${CODED}(-[A-Z]{1,2}\\d{1,9})?$`)

/** Refs with their project's code, such as ATLAS-R12 or ATLAS-SR4, wherever they are words of their own. */
export const REF = new RegExp(
  `(?<![\\p{L}\\p{N}-])(${CODED})-(SR|[A-Z])(\\d{1,8})(?![\\p{L}\\p{N}-])`,
  'gu'
)

/**
 * A ref as typed by someone searching: with or without the code, and with or without a separator between letters and
 * number.
 */
const TYPED = new RegExp(`^(?:(${CODED})-)?([A-Z]{1,2})-?(\\d{1,8})$`)

/** The parts of a ref: the code of a project, the letters of a kind of record, and its number. */
export type RefParts = { ref: string; code: string; letters: string; number: number }

/** The refs that texts name, each once, as written. */
export function refsIn(texts: (string | null | undefined)[]): RefParts[] {
  const found = new Map<string, RefParts>()
  for (const text of texts) {
    for (const [ref, code, letters, number] of text?.matchAll(REF) ?? []) {
      found.set(ref, { ref, code, letters, number: Number(number) })
    }
  }
  return [...found.values()]
}

/** What someone typed to name one record, and its project if the code was typed too. */
export type TypedRef = { code: string | null; letters: string; number: number }

/** What R12, R-12 or ATLAS-R12 names, in capitals or not, among the kinds with these letters; otherwise null. */
export function typedRef(text: string, kinds: string[]): TypedRef | null {
  const [, code, letters, number] = TYPED.exec(text.trim().toUpperCase()) ?? []
  return kinds.includes(letters) ? { code: code ?? null, letters, number: Number(number) } : null
}
