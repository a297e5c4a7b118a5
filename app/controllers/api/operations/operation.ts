import type { Schema } from '#pages/api/shape'

/** A text of a query. */
export const word = (description: string): Schema => ({ type: 'string', description })
/** One of several words of a query. */
export const choice = (of: object | readonly string[], description: string): Schema => ({
  type: 'string',
  enum: Array.isArray(of) ? of : Object.keys(of),
  description,
})

export const paged = { cursor: word('`next_cursor` of the previous page') }
export const sized = {
  ...paged,
  per_page: {
    type: 'integer',
    minimum: 1,
    maximum: 100,
    description: 'Records per page; 25 unless given',
  },
}
export const directed = { direction: choice(['asc', 'desc'], 'Order') }

/** An id of a query. */
export const idOf = (description: string): Schema => ({
  type: 'string',
  format: 'uuid',
  description,
})
/** An id, or one of some words that stand in the place of one. */
export const idOr = (words: string[], description: string): Schema => ({
  type: 'string',
  anyOf: [{ enum: words }, { format: 'uuid' }],
  description,
})

/** What changed then or later, so that a program can ask for what it does not know yet. */
export const since = {
  since: {
    type: 'string',
    format: 'date-time',
    description: 'Only what changed at this time or later',
  },
}

export const inOneProject = { project: idOf('The id of a project') }

/** The schema that validates a form, as a description of a body. */
export function bodyOf(...validators: { toJSONSchema(): object }[]): Schema {
  const schemas = validators.map((validator) => validator.toJSONSchema() as any)
  return {
    type: 'object',
    properties: Object.assign({}, ...schemas.map(({ properties }) => properties), version),
    required: schemas.flatMap(({ required = [] }) => required),
  }
}

export const version = {
  lock_version: { type: 'integer', description: 'The version to change; or send `If-Match`' },
}

/** A change may name some fields only. */
export function partOf(schema: Schema): Schema {
  return { ...schema, required: [] }
}

/** The address of one project. */
export const PROJECT = '/projects/:project_id'
