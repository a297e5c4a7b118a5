import type { HttpContext } from '@adonisjs/core/http'
import { DateTime } from 'luxon'
import { validate as isUuid } from 'uuid'
import { operations } from '#controllers/api/operations'
import { isMoment } from '#models/lists/query_string'
import { refuseAll, type Violation } from '#models/violation'
import type { Schema } from '#pages/api/shape'

const FORMATS: Record<string, (value: string) => boolean> = {
  'uuid': isUuid,
  'date': (value) => /^\d{4}-\d\d-\d\d$/.test(value) && DateTime.fromISO(value).isValid,
  'date-time': isMoment,
}

/**
 * The parameters of a list, checked against its description. Pages ignore unknown ones, so that no link is an error; a
 * program that misspells a filter would take everything for what it asked for.
 */
export function queryOf({ request, route }: HttpContext): Record<string, unknown> {
  const { query = {} } = operations[`GET ${route!.pattern.slice('/api/v1'.length)}`]
  const given = request.qs()
  refuseAll(Object.entries(given).flatMap(([name, value]) => misfits(name, value, query)))
  return given
}

function misfits(field: string, value: unknown, query: Record<string, Schema>): Violation[] {
  const schema = query[field]
  if (!schema) {
    const message = `There is no such parameter. There is: ${Object.keys(query).join(', ') || 'none'}`
    return [{ field, message }]
  }
  if (typeof value !== 'string') return [{ field, message: 'Give it once' }]
  return value === '' || fits(schema, value) ? [] : [{ field, message: wanted(schema) }]
}

function fits(schema: Schema, value: string): boolean {
  const { anyOf, enum: values, format, type, minimum, maximum } = schema as any
  if (anyOf) return anyOf.some((one: Schema) => fits(one, value))
  if (values) return values.map(String).includes(value)
  if (type === 'integer') return /^\d+$/.test(value) && +value >= minimum && +value <= maximum
  return format ? FORMATS[format](value) : true
}

/** What would have been valid, in words. */
function wanted(schema: Schema): string {
  const { anyOf, enum: values, format, minimum, maximum } = schema as any
  if (anyOf) return anyOf.map(wanted).join(', or ')
  if (values) return values.length === 1 ? `Only ${values[0]}` : `One of ${values.join(', ')}`
  if (minimum !== undefined) return `A whole number from ${minimum} to ${maximum}`
  return FORMS[format]
}

const FORMS: Record<string, string> = {
  'uuid': 'An id',
  'date': 'A day, such as 2026-01-31',
  'date-time': 'A moment with its zone, such as 2026-01-31T09:00:00Z',
}
