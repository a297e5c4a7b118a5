import type { Schema } from '#pages/api/shape'

/** A text parameter. */
export const word = (description: string): Schema => ({ type: 'string', description })
/** A parameter with one of several values. */
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

/** An id parameter. */
export const idOf = (description: string): Schema => ({
  type: 'string',
  format: 'uuid',
  description,
})
/** An id, or one of some words used in place of one. */
export const idOr = (words: string[], description: string): Schema => ({
  type: 'string',
  anyOf: [{ enum: words }, { format: 'uuid' }],
  description,
})

/** Changed at that time or later, so that a program can ask for what is new to it. */
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

/** A change may name only some of the fields. */
export function partOf(schema: Schema): Schema {
  return { ...schema, required: [] }
}

/** The address of one project. */
export const PROJECT = '/projects/:project_id'
