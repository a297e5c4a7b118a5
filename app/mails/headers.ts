import { beginning } from '#models/text/beginning'

/** A value that would break out of its header, or out of the address that contains it. */
export class UnsafeHeader extends Error {}

/** Controls, line and paragraph separators, lone surrogates, and what reverses the direction of text. */
const BREAKS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u
const ADDRESS = /^[^\s@<>(),;:\\"[\]]+@[^\s@<>(),;:\\"[\]]+$/u

const MOST = 250

/** The text, if it is safe in a header such as the subject. Throws UnsafeHeader otherwise. */
export function headerText(text: string) {
  if (BREAKS.test(text)) throw new UnsafeHeader('A mail header holds one line of plain text')
  const trimmed = text.trim()
  if (trimmed === '') throw new UnsafeHeader('A mail header is not empty')
  return beginning(trimmed, MOST)
}

/** The address, if it is one address and nothing more. Throws UnsafeHeader otherwise. */
export function headerAddress(email: string) {
  if (!isAddress(email)) throw new UnsafeHeader('This is not one mail address')
  return email.trim()
}

/** True of what `headerAddress` takes. */
export function isAddress(email: string) {
  return !BREAKS.test(email) && email.length <= MOST && ADDRESS.test(email.trim())
}

/** A single line that people typed, made safe for a header: what would break it becomes a space. */
export function lineOf(text: string) {
  return text.replaceAll(new RegExp(BREAKS, 'gu'), ' ').replaceAll(/\s+/g, ' ').trim()
}

/** `"Name" <address>`, the name quoted whatever it holds. */
export function mailbox(email: string, name?: string | null) {
  const address = headerAddress(email)
  if (!name) return address
  return `"${headerText(name).replaceAll(/[\\"]/g, '\\$&')}" <${address}>`
}
