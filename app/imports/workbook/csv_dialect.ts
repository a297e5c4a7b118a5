const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

const SAMPLE_RECORDS = 300

/** The delimiter that cuts the records most evenly; a `sep=` line decides alone. */
export function findDelimiter(text: string): { delimiter: Delimiter; hintLines: number } {
  const hint = /^"?sep=(.)"?\n/i.exec(text)
  if (hint && DELIMITERS.includes(hint[1] as Delimiter)) {
    return { delimiter: hint[1] as Delimiter, hintLines: 1 }
  }
  const ranked = DELIMITERS.map((delimiter) => ({ delimiter, score: evenness(text, delimiter) }))
  ranked.sort((a, b) => b.score - a.score)
  return { delimiter: ranked[0].delimiter, hintLines: 0 }
}

function evenness(text: string, delimiter: Delimiter): number {
  const counts = countPerRecord(text, delimiter)
  if (counts.length === 0) return 0
  const cut = counts.filter((count) => count > 0)
  if (cut.length === 0) return 0
  const usual = mostFrequent(cut)
  const near = counts.filter((count) => Math.abs(count - usual) <= (usual > 3 ? 1 : 0)).length
  return ((near + cut.length) / (2 * counts.length)) * Math.log2(1 + usual)
}

function countPerRecord(text: string, delimiter: Delimiter): number[] {
  const counts: number[] = []
  let [count, length, isQuoted] = [0, 0, false]
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    else if (character === delimiter && !isQuoted) count++
    if (character !== '\n' || isQuoted) {
      length++
      continue
    }
    if (length > count) counts.push(count)
    ;[count, length] = [0, 0]
    if (counts.length >= SAMPLE_RECORDS) return counts
  }
  if (length > count) counts.push(count)
  return counts
}

function mostFrequent(values: number[]): number {
  const tally = new Map<number, number>()
  for (const value of values) tally.set(value, (tally.get(value) ?? 0) + 1)
  return [...tally].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0][0]
}
