import type { Traces } from '#models/erasure'

/** By what a person is found: a pattern for texts, and the words as they stand in bytes. */
export type Recognition = { pattern: string; words: string[] }

const SHORTEST_NAME = 3

/**
 * Names, addresses and subjects as whole words, in any case, also as they stand in addresses and HTML. A name
 * that is part of a longer word is somebody else's.
 */
export function recognitionOf({ names, emails, subjects }: Traces): Recognition {
  const words = [...new Set([...names.filter(isName), ...emails, ...subjects].flatMap(written))]
  const longestFirst = words.sort((one, other) => other.length - one.length)
  return { pattern: `(?<!\\w)(${longestFirst.map(literal).join('|')})(?!\\w)`, words: longestFirst }
}

/** The same for text outside the database. */
export function inText({ words }: Recognition) {
  const literals = words.map(literal).join('|')
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${literals})(?![\\p{L}\\p{N}_])`, 'iu')
}

function isName(name: string) {
  return name.trim().length >= SHORTEST_NAME
}

/** As typed, in an address, and in HTML. */
function written(word: string) {
  const plain = word.trim()
  const html = plain.replaceAll('&', '&amp;').replaceAll("'", '&#39;')
  return [plain, encodeURIComponent(plain), html]
}

/** Both of PostgreSQL and of JavaScript, so nothing is escaped that one of them reads otherwise. */
function literal(word: string) {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+')
}
