import { NIL, validate as isUuid } from 'uuid'

/** What an address names as an id; where it is none at all, the id that no row has, so that nothing is found. */
export function idOrNone(text: unknown): string {
  return isUuid(text) ? (text as string) : NIL
}
