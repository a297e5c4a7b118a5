import { openValue } from '#encryption/sealed_value'
import { personalData } from '#registries/personal_data'

/** Whether the database holds a column, such as `public.privacy_requests.answer`, encrypted. */
export function isSealed(column: string) {
  return personalData.get(column)?.sealed ?? false
}

/** Whoever is given their data is given it readable. */
export function opened(column: string, value: unknown) {
  if (typeof value !== 'string' || !isSealed(column)) return value
  return openValue(value, column.replace('public.', ''), { wasPlain: true })
}
