import { fold } from '#imports/vocabulary/text'

const MONTHS =
  /^(jan|feb|fev|mar|mrt|apr|avr|abr|may|mai|maj|mei|mag|jun|juin|giu|jul|juil|lug|aug|aou|ago|sep|set|oct|okt|ott|out|nov|dec|dez|dic|des)\p{L}*( \d{2,4})?$/u
const SPANS =
  /^(w|wk|week|kw|s|sem|semaine|semana|uke|uge|vecka|v|q|qtr|quarter|fy|y|year|jahr|sprint|day|d|month|m|p|pi)\s?\d{1,4}( \d{2,4})?$/

/** Whether a header names a span of time, as the columns of a Gantt chart do. */
export function isTimeLabel(label: string): boolean {
  const plain = fold(label)
  if (
    /^\d{1,2}( \d{1,2}( \d{2,4})?)?$/.test(plain) ||
    /^(19|20)\d{2}( \d{2}( \d{2})?)?$/.test(plain)
  ) {
    return true
  }
  return MONTHS.test(plain) || SPANS.test(plain) || /^\d{1,2} \p{L}{3}( \d{2,4})?$/u.test(plain)
}
