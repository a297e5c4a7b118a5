import { typedRef } from '#models/text/refs'

/** Such as ATLAS-T12. */
export function taskRef(code: string, number: number) {
  return `${code}-T${number}`
}

/** How a task is named outside the product; if it responds to something kept to a few people, by its ref alone. */
export function taskCallingOf(
  code: string,
  { number, title }: { number: number; title: string },
  isGuarded: boolean
) {
  const ref = taskRef(code, number)
  return isGuarded ? ref : `${ref} ${title}`
}

/** What T12, T-12 or ATLAS-T12 names, in capitals or not; otherwise null. */
export function taskRefIn(text: string) {
  return typedRef(text, ['T'])
}
