import { find, type Found, type Sought } from '#models/search/find'
import type { Kind, KindName } from '#models/search/kind'
import { kinds } from '#models/search/kinds'

const A_FEW = 6
const MANY = 50

export const LONGEST = 200

/** The results of each kind that has any, in the order of the page. */
type Results = (Found & { kind: Kind })[]

/**
 * Searches everything that the viewer may see, or one project: a few of every kind, or many of one. Refs come first,
 * then records with every word, then titles like what was typed.
 */
export async function search(sought: Sought, only: KindName | null): Promise<Results> {
  const asked = only ? kinds.filter(({ name }) => name === only) : kinds
  const found = await Promise.all(
    asked.map(async (kind) => ({ kind, ...(await find(kind, sought, only ? MANY : A_FEW)) }))
  )
  return found.filter(({ hits }) => hits.length > 0)
}

/** The kind with that name, if there is one. */
export function kindNamed(name: unknown): KindName | null {
  return kinds.find((kind) => kind.name === name)?.name ?? null
}
