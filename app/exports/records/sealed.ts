import { openValue } from '#encryption/sealed_value'
import { personalData } from '#registries/personal_data'

/** Whether the database holds a column, such as `public.privacy_requests.answer`, encrypted. */
export function isSealed(column: string) {
  return personalData.get(column)?.sealed ?? false
}

/** People who are given their data can read it. */
export function opened(column: string, value: unknown) {
  if (typeof value !== 'string' || !isSealed(column)) return value
  return openValue(value, column.replace('public.', ''), { wasPlain: true })
}
