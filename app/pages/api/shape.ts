import string from '@adonisjs/core/helpers/string'

export type Schema = Record<string, unknown>

/** One field of a representation: its name, its type, and where a record keeps it. */
type Field = { schema: Schema; of: (record: any) => unknown }

/** How records of one kind are represented in JSON. The description of the API is built from the same. */
export type Shape = Record<string, Field>

type Read = (record: any) => unknown

/** A record as JSON. It may be a model or a row of a list: columns have either name. */
export function represent(shape: Shape, record: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, { of }]) => [name, of(record) ?? null])
  )
}

/** The JSON Schema 2020-12 of a record. */
export function schemaOf(shape: Shape): Schema {
  return {
    type: 'object',
    required: Object.keys(shape),
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(shape).map(([name, { schema }]) => [name, schema])
    ),
  }
}

/** A column under either of its names. */
export function column(name: string): Read {
  const attribute = string.camelCase(name)
  return (record) => record[name] ?? record[attribute]
}

const field =
  (schema: Schema, change = (value: unknown) => value) =>
  (name: string, read: Read = column(name)): Shape => ({
    [name]: { schema, of: (record) => change(read(record)) },
  })

const orNull = (schema: Schema) => ({ ...schema, type: [schema.type, 'null'] })

const day = { type: 'string', format: 'date' }
const moment = { type: 'string', format: 'date-time' }
const uuid = { type: 'string', format: 'uuid' }

/** Fields by type; `…OrNull` may be missing in a record. */
export const id = field(uuid)
export const idOrNull = field(orNull(uuid))
export const text = field({ type: 'string' })
export const textOrNull = field(orNull({ type: 'string' }))
export const whole = field({ type: 'integer' })
export const wholeOrNull = field(orNull({ type: 'integer' }))
export const yes = field({ type: 'boolean' })
export const dayOrNull = field(orNull(day))
export const momentOf = field(moment, iso)
export const momentOrNull = field(orNull(moment), iso)

/** The same fields, with descriptions that their names do not give. */
export function described(shape: Shape, description: string): Shape {
  const fields = Object.entries(shape).map(([name, { schema, of }]) => [
    name,
    { schema: { ...schema, description }, of },
  ])
  return Object.fromEntries(fields)
}

/** One of the keys of a vocabulary. */
export function oneOf(name: string, vocabulary: object, read?: Read): Shape {
  return field({ type: 'string', enum: Object.keys(vocabulary) })(name, read)
}

/** One value of a vocabulary, or null. */
export function oneOfOrNull(name: string, vocabulary: object, read?: Read): Shape {
  return field({ type: ['string', 'null'], enum: [...Object.keys(vocabulary), null] })(name, read)
}

/** A list of objects with a shape of their own. */
export function listOf(name: string, shape: Shape, read: Read = column(name)): Shape {
  const items = schemaOf(shape)
  return {
    [name]: {
      schema: { type: 'array', items },
      of: (record) => ((read(record) ?? []) as object[]).map((part) => represent(shape, part)),
    },
  }
}

/** Dates from drivers and from models. */
function iso(value: any) {
  if (!value) return null
  return value instanceof Date ? value.toISOString() : (value.toUTC?.().toISO() ?? String(value))
}
