import { refLetters, type RaidType } from '#models/raid/enumerations'
import { typedRef } from '#models/text/refs'

/**
 * Such as ATLAS-R12: the project's code, the letter of the type, and the number within both. Without the code for
 * people who may not know the project.
 */
export function refOf(code: string | null, item: { type: RaidType; number: number }) {
  const ref = `${refLetters[item.type]}${item.number}`
  return code ? `${code}-${ref}` : ref
}

type Called = { type: RaidType; number: number; title: string; sensitivity: string }

/** How a notice names an item: by ref and title; if it is kept to a few people, by its ref alone. */
export function callingOf(code: string, item: Called) {
  const ref = refOf(code, item)
  return item.sensitivity === 'normal' ? `${ref} ${item.title}` : ref
}

export type Ref = { code: string | null; type: RaidType; number: number }

/** What R12, R-12 or ATLAS-R12 names, in capitals or not; otherwise null. */
export function refIn(text: string): Ref | null {
  const ref = typedRef(text, Object.values(refLetters))
  if (!ref) return null
  const types = Object.keys(refLetters) as RaidType[]
  const type = types.find((key) => refLetters[key] === ref.letters)!
  return { code: ref.code, type, number: ref.number }
}
