/** A project's code, with which refs begin: two to ten letters and digits, the first a letter. */
export const CODE = /^[A-Z][A-Z0-9]{1,9}$/

/** Refs with their project's code, such as ATLAS-R12 or ATLAS-SR4, wherever they stand by themselves. */
export const REF = /(?<![\p{L}\p{N}-])([A-Z][A-Z0-9]{1,9})-(SR|[A-Z])(\d{1,8})(?![\p{L}\p{N}-])/gu

/** What a ref says: the code of a project, the letters of a kind of record, and its number. */
export type RefParts = { ref: string; code: string; letters: string; number: number }

/** The refs that texts name, each once, as they stand there. */
export function refsIn(texts: (string | null | undefined)[]): RefParts[] {
  const found = new Map<string, RefParts>()
  for (const text of texts) {
    for (const [ref, code, letters, number] of text?.matchAll(REF) ?? []) {
      found.set(ref, { ref, code, letters, number: Number(number) })
    }
  }
  return [...found.values()]
}
