import encryption from '@adonisjs/core/services/encryption'

/** Columns that the database holds encrypted. Whoever is given their data is given it readable. */
const SEALED = new Set([
  'public.privacy_requests.contact',
  'public.privacy_requests.details',
  'public.privacy_requests.answer',
  'public.privacy_request_entries.text',
  'public.ai_interactions.question',
  'public.ai_interactions.prompt',
  'public.ai_interactions.answer',
  'public.ai_interactions.context_manifest',
])

export function isSealed(column: string) {
  return SEALED.has(column)
}

/** A value of a column, such as `public.privacy_requests.answer`, as it was before it was encrypted. */
export function opened(column: string, value: unknown) {
  if (typeof value !== 'string' || !isSealed(column)) return value
  return encryption.decrypt(value, column.replace('public.', ''))
}
