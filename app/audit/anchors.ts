const NOTED = /^\d+:[0-9a-f]{64}$/i

/** Hashes of seals that were noted earlier as `number:hash`, by number. Throws for anything else. */
export function anchorsIn(words: string[]): Map<string, string> {
  if (!words.every((word) => NOTED.test(word))) {
    throw new Error('A seal is noted as its number, a colon and its hash of 64 digits')
  }
  return new Map(words.map((word) => word.toLowerCase().split(':') as [string, string]))
}
