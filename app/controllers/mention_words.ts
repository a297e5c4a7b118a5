const LONGEST = 60

/** What is typed behind an @ so far, as a query says it. */
export function wordsIn(query: unknown) {
  if (typeof query !== 'string') return ''
  return query
    .replaceAll(/\p{Cc}/gu, ' ')
    .toWellFormed()
    .slice(0, LONGEST)
}
