import { isBinary, type Column } from '#exports/records/catalogue'

export const SCHEMA_VERSION = 1

/** A column as a schema describes it: `mayLack` when an export may omit or replace its value. */
export type Described = Column & { mayLack: boolean; isLabel: boolean; description?: string }

const NUMBERS: Record<string, object> = {
  smallint: { type: 'integer' },
  integer: { type: 'integer' },
  bigint: { type: 'integer' },
  numeric: { type: 'number' },
  boolean: { type: 'boolean' },
}

const TEXTS: Record<string, object> = {
  'uuid': { type: 'string', format: 'uuid' },
  'date': { type: 'string', format: 'date' },
  'timestamp with time zone': { type: 'string', format: 'date-time' },
}

/** The JSON Schema (2020-12) of a file with an array of rows. */
export function schemaOf(name: string, description: string, columns: Described[]) {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:orchestrate:export:${SCHEMA_VERSION}:${name}`,
    title: name,
    description,
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: columns.map((column) => column.name),
      properties: Object.fromEntries(columns.map((column) => [column.name, property(column)])),
    },
  }
}

function property(column: Described) {
  const { description } = column
  return { ...(description ? { description } : {}), ...nullable(typeOf(column), column) }
}

function typeOf(column: Described): { type?: string } & Record<string, unknown> {
  const { type, isLabel } = column
  if (isBinary(column))
    return { type: 'string', description: 'The path of the file in this archive' }
  if (isLabel) return { type: 'string' }
  if (type === 'json' || type === 'jsonb') return {}
  if (type.endsWith('[]')) {
    return { type: 'array', items: typeOf({ ...column, type: type.slice(0, -2) }) }
  }
  return { ...(NUMBERS[type.replace(/\(.*/, '')] ?? TEXTS[type] ?? { type: 'string' }) }
}

function nullable({ type, ...rest }: Record<string, unknown>, { required, mayLack }: Described) {
  if (type === undefined) return rest
  return { type: required && !mayLack ? type : [type, 'null'], ...rest }
}
