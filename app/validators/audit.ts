import { DateTime } from 'luxon'
import { validate as isUuid } from 'uuid'
import { SYSTEM } from '#audit/trail_query'
import type { AuditQuery } from '#pages/audit/list_page'
import { CODE_OR_REF } from '#models/text/refs'
import { auditActions, auditTypes } from '#registries/audit_actions'

const NUMBER = /^\d{1,18}$/
const DAY = /^\d{4}-\d\d-\d\d$/

const forms: Record<keyof AuditQuery, (value: string) => boolean> = {
  who: (value) => value === SYSTEM || isUuid(value),
  what: (value) => Object.hasOwn(auditActions, value),
  type: (value) => Object.hasOwn(auditTypes, value),
  project: isUuid,
  ref: (value) => CODE_OR_REF.test(value),
  from: isDay,
  to: isDay,
  before: (value) => NUMBER.test(value),
  after: (value) => NUMBER.test(value),
}

/** The filters and cursor of an audit page's URL; invalid ones are ignored, never guessed. */
export function auditQuery(input: Record<string, unknown>): AuditQuery {
  const query: AuditQuery = {}
  for (const [name, fits] of Object.entries(forms) as [
    keyof AuditQuery,
    (v: string) => boolean,
  ][]) {
    const value = input[name]
    if (typeof value !== 'string') continue
    const text = name === 'ref' ? value.trim().toUpperCase() : value.trim()
    if (text && fits(text)) query[name] = text
  }
  return query
}

/** A date that exists, however far away. */
function isDay(value: string) {
  return DAY.test(value) && DateTime.fromISO(value).isValid
}
