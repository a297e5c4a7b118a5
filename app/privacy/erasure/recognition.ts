import type { Traces } from '#models/erasure'

/** By what a person is found: a pattern for texts, and the words as they stand in bytes. */
export type Recognition = { pattern: string; words: string[] }

const SHORTEST_NAME = 3

/** Matches no text. */
const NOTHING = '(?=a)b'

/**
 * Names, addresses and subjects as whole words, in any case, also as they stand in addresses and HTML. A name
 * that is part of a longer word is somebody else's.
 */
export function recognitionOf({ names, emails, subjects }: Traces): Recognition {
  const words = [...new Set([...names.filter(isName), ...emails, ...subjects].flatMap(written))]
  if (words.length === 0) return { pattern: NOTHING, words }
  const longestFirst = words.sort((one, other) => other.length - one.length)
  return { pattern: `(?<!\\w)(${longestFirst.map(literal).join('|')})(?!\\w)`, words: longestFirst }
}

/** The same for text outside the database. */
export function inText({ words }: Recognition) {
  if (words.length === 0) return new RegExp(NOTHING, 'u')
  const literals = words.map(literal).join('|')
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${literals})(?![\\p{L}\\p{N}_])`, 'iu')
}

/** Whether anybody can be found by that name. */
export function isName(name: string) {
  return name.trim().length >= SHORTEST_NAME
}

/** As typed, with accents as letters of their own, as some systems have it; each also in an address, and in HTML. */
function written(word: string) {
  const plain = word.trim()
  return [plain, plain.normalize('NFC'), plain.normalize('NFD')].flatMap((text) => [
    text,
    encodeURIComponent(text.toWellFormed()),
    text.replaceAll('&', '&amp;').replaceAll("'", '&#39;'),
  ])
}

/** Both of PostgreSQL and of JavaScript, so nothing is escaped that one of them reads otherwise. */
function literal(word: string) {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '[\\s\\u00a0]+')
}
