/**
 * Answers to questions that are asked at once, each under the name of its question. What is asked of the database at the
 * same moment leaves as one batch.
 */
export async function together<Asked extends Record<string, unknown>>(
  asked: Asked
): Promise<{ [Name in keyof Asked]: Awaited<Asked[Name]> }> {
  const answers = await Promise.all(Object.values(asked))
  return Object.fromEntries(Object.keys(asked).map((name, place) => [name, answers[place]])) as any
}
