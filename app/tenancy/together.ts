/**
 * Answers to questions asked in parallel, each under the name of its question. Queries of the same moment leave as one
 * batch.
 */
export async function together<Asked extends Record<string, unknown>>(
  asked: Asked
): Promise<{ [Name in keyof Asked]: Awaited<Asked[Name]> }> {
  const answers = await Promise.all(Object.values(asked))
  return Object.fromEntries(Object.keys(asked).map((name, place) => [name, answers[place]])) as any
}
