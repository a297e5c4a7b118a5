import type { HttpContext } from '@adonisjs/core/http'
import { operations } from '#controllers/api/operations'
import { refuseAll } from '#models/violation'

/**
 * Refuses fields that neither the body nor the record has: a program that misspells one would take the change as made.
 * What a record was read with may be sent back as it is.
 */
export function refuseUnknownFields({ request, route }: HttpContext) {
  const address = route!.pattern.slice('/api/v1'.length)
  const { body, answer } = operations[`${request.method()} ${address}`]
  const known = new Set([...fieldsOf(body), ...fieldsOf(answer)])
  const unknown = Object.keys(request.body()).filter((name) => !known.has(name))
  refuseAll(unknown.map((field) => ({ field, message: 'There is no such field' })))
}

function fieldsOf(schema: any = {}): string[] {
  const { properties = {}, oneOf = [], anyOf = [] }: Record<string, any> = schema
  return [...Object.keys(properties), ...[...oneOf, ...anyOf].flatMap(fieldsOf)]
}
