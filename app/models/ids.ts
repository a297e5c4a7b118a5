import { NIL, validate as isUuid } from 'uuid'

/** Every id in a text. */
export const IDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** The id in an address; if it is not an id, one that no row has, so that nothing is found. */
export function idOrNone(text: unknown): string {
  return isUuid(text) ? (text as string) : NIL
}

/** The ids among these, each once. */
export function distinct(ids: Iterable<string | null | undefined>): string[] {
  return [...new Set([...ids].filter((id): id is string => Boolean(id)))]
}
