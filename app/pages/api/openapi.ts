import string from '@adonisjs/core/helpers/string'
import { scopes } from '#models/api_token/scopes'
import type { Operation } from '#pages/api/operation'
import type { Schema } from '#pages/api/shape'
import { problems, type ProblemName } from '#registries/problems'

/** The description of the API in OpenAPI 3.1, for the address at which it is served. */
export function openapi(operations: Record<string, Operation>, server: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [at, operation] of Object.entries(operations)) {
    const [method, path] = at.split(' ')
    const address = path.replaceAll(/:(\w+)/g, '{$1}')
    paths[address] = {
      ...paths[address],
      [method.toLowerCase()]: describe(method, path, operation),
    }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Orchestrate', version: '1', description: INTRODUCTION },
    servers: [{ url: server }],
    security: [{ token: [] }],
    paths,
    components: { securitySchemes, schemas: { Problem }, headers },
  }
}

const INTRODUCTION =
  'Everything that a token’s owner can see and do, as JSON. Lists are paged by cursor, changes name the version they apply to, and a POST with an Idempotency-Key takes effect once.'

const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: `A token of a member or of a service, with the scope that the operation names: ${Object.keys(scopes).join(', ')}.`,
  },
}

const header = (description: string, type = 'string') => ({ description, schema: { type } })

const headers = {
  'ETag': header('The version of the record, for `If-Match`'),
  'Location': header('The address of the new record'),
  'Link': header('The address of the next page, if there is one'),
  'RateLimit': header('How many requests are left in the window'),
  'RateLimit-Policy': header('How many requests a window allows, and how long it lasts'),
  'Idempotency-Replayed': header('`true` if the key was known and this is the earlier answer'),
  'Retry-After': header('How many seconds to wait', 'integer'),
}

const told = (...names: (keyof typeof headers)[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

/** RFC 9457. */
const Problem: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'request_id'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    request_id: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['detail'],
        properties: {
          pointer: { type: 'string', description: 'In a body: the field, as a JSON pointer' },
          parameter: { type: 'string', description: 'In a query: the name of the parameter' },
          detail: { type: 'string' },
        },
      },
    },
  },
}

function describe(method: string, path: string, operation: Operation) {
  const { tag, summary, scope, body, answer } = operation
  const status = method === 'POST' ? '201' : '200'
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    ...(scope && { 'description': `Needs the scope \`${scope}\`.`, 'x-scope': scope }),
    parameters: parametersOf(method, path, operation),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses: {
      [status]: {
        description: 'Done',
        headers: told(...headersOf(method, operation), 'RateLimit', 'RateLimit-Policy'),
        content: { 'application/json': { schema: answer } },
      },
      ...(isConditional(method, operation) && { 304: { description: 'Not changed' } }),
      ...refusals(method, path, operation),
    },
  }
}

function headersOf(method: string, { answer, query }: Operation): (keyof typeof headers)[] {
  if (query?.cursor) return ['Link']
  if (method === 'POST') return ['Location', 'ETag', 'Idempotency-Replayed']
  return isTagged(answer) ? ['ETag'] : []
}

/** A client that has the record already may ask whether it is still the same. */
function isConditional(method: string, { answer }: Operation) {
  return method === 'GET' && isTagged(answer)
}

function isTagged({ properties, oneOf }: any): boolean {
  return oneOf ? oneOf.every(isTagged) : 'lock_version' in properties
}

/** Such as `patchProjectsByIdRaidById`. */
function operationId(method: string, path: string) {
  const words = path.split('/').map((part) => (part.startsWith(':') ? 'by_id' : part))
  return string.camelCase([method.toLowerCase(), ...words].join('_'))
}

function parametersOf(method: string, path: string, operation: Operation) {
  const { query = {} } = operation
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', format: 'uuid' },
  }))
  const inQuery = Object.entries(query).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    description,
    schema,
  }))
  const inHeader = (name: string, description: string) => [
    { name, in: 'header', ...header(description) },
  ]
  return [
    ...inPath,
    ...inQuery,
    ...(isConditional(method, operation)
      ? inHeader('If-None-Match', 'The ETag that you have')
      : []),
    ...(operation.isVersioned ? inHeader('If-Match', 'The ETag of the record to change') : []),
    ...(method === 'POST' ? inHeader('Idempotency-Key', KEY) : []),
  ]
}

const KEY =
  'Up to 200 characters. The same key within 24 hours gets the first answer again; nothing is done twice'

function refusals(method: string, path: string, { isVersioned: isChanged, query }: Operation) {
  const names: ProblemName[] = ['unauthenticated', 'forbidden', 'rate_limited']
  if (path.includes(':')) names.push('not_found')
  if (method !== 'GET' || query) names.push('invalid')
  if (isChanged) names.push('conflict', 'stale', 'precondition_required')
  const known = names.map((name) => [
    problems[name].status,
    {
      description: problems[name].title,
      ...(name === 'rate_limited' && { headers: told('Retry-After', 'RateLimit') }),
      content: problem,
    },
  ])
  return Object.fromEntries([...known, ['default', { description: 'A problem', content: problem }]])
}

const problem = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
}
