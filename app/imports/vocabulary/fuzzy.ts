/** Edit distance in which swapped neighbours count once; stops counting above `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return last[b.length]
}

/** How many typing slips a word of this length may contain and still be recognised. */
function tolerance(word: string): number {
  if (word.length < 4) return 0
  if (word.length < 7) return 1
  return word.length < 14 ? 2 : 3
}

const SHORTEST = 4

/** A dictionary that finds a misspelt word without looking at every entry. */
export class FuzzyIndex {
  readonly #byLength = new Map<number, string[]>()
  readonly #found = new Map<string, string | null>()

  constructor(words: Iterable<string>) {
    for (const word of words) {
      if (word.length < SHORTEST) continue
      this.#byLength.set(word.length, [...(this.#byLength.get(word.length) ?? []), word])
    }
  }

  /** The closest word within tolerance, or null. */
  nearest(word: string): string | null {
    if (word.length < SHORTEST || word.length > 40) return null
    const known = this.#found.get(word)
    if (known !== undefined) return known
    const found = this.#search(word)
    if (this.#found.size > 5_000) this.#found.clear()
    this.#found.set(word, found)
    return found
  }

  #search(word: string): string | null {
    const most = tolerance(word)
    let best: string | null = null
    let bestDistance = most + 1
    for (let length = word.length - most; length <= word.length + most; length++) {
      for (const candidate of this.#byLength.get(length) ?? []) {
        if (!startsAlike(word, candidate)) continue
        const allowed = Math.min(bestDistance - 1, tolerance(candidate))
        const found = allowed < 0 ? allowed + 1 : distance(word, candidate, allowed)
        if (found <= allowed) [best, bestDistance] = [candidate, found]
      }
    }
    return best
  }
}

/** Slips rarely affect the first letter, except by swapping or dropping it. */
function startsAlike(a: string, b: string): boolean {
  return a[0] === b[0] || a[1] === b[0] || a[0] === b[1]
}
