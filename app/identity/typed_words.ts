import type { HttpContext } from '@adonisjs/core/http'

/** The text in what a form sent, to be copied when no form shows it again. */
export function typedWords(fields: object): string[] {
  return Object.values(fields).filter(
    (value): value is string => typeof value === 'string' && /\s/.test(value) && !isJson(value)
  )
}

/** Fields that a form carries for its own use. */
function isJson(value: string) {
  return value.startsWith('{')
}

/** The text of a form that was refused as a whole, so that it can be copied: the page it was written on may be gone. */
export function typedText(request: HttpContext['request']) {
  return isFromHere(request) ? typedWords(request.body()) : []
}

/**
 * Only a form of this site: another could put words into our mouth. A page whose address is secret sends no origin, but
 * its browser says it is the same site.
 */
export function isFromHere(request: HttpContext['request']) {
  if (request.header('sec-fetch-site') === 'same-origin') return true
  const origin = request.header('origin')
  return Boolean(origin) && URL.canParse(origin!) && new URL(origin!).host === request.host()
}
