import { refLetters, type RaidType } from '#models/raid/enumerations'

/**
 * Such as ATLAS-R12: the project's code, the letter of the type, the number within both. Without the code
 * for those who may not know the project.
 */
export function refOf(code: string | null, item: { type: RaidType; number: number }) {
  const ref = `${refLetters[item.type]}${item.number}`
  return code ? `${code}-${ref}` : ref
}

type Called = { type: RaidType; number: number; title: string; sensitivity: string }

/** An item as a notice names it, by ref and title; one that is kept to a few people by its ref alone. */
export function callingOf(code: string, item: Called) {
  const ref = refOf(code, item)
  return item.sensitivity === 'normal' ? `${ref} ${item.title}` : ref
}
