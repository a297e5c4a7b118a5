import { createHash } from 'node:crypto'

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/**
 * JSON in one form only, after RFC 8785: names in order, no spaces. Anyone who writes the same content gets the same
 * text, and so the same hash.
 */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return primitive(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${primitive(name)}:${canonical(value[name])}`).join(',')}}`
}

/** The SHA-256 of a text as UTF-8, in hexadecimal. */
export function sha256(text: string) {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** A lone surrogate has no UTF-8 of its own: two texts would share one hash. */
function primitive(value: string | number | boolean | null) {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error('JSON knows no such number')
  }
  return JSON.stringify(typeof value === 'string' ? value.toWellFormed() : value)
}
