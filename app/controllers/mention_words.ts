const LONGEST = 60

/** What has been typed after the @, read from the query. */
export function wordsIn(query: unknown) {
  if (typeof query !== 'string') return ''
  return query
    .replaceAll(/\p{Cc}/gu, ' ')
    .toWellFormed()
    .slice(0, LONGEST)
}
