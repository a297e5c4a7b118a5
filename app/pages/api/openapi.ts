import string from '@adonisjs/core/helpers/string'
import { scopes } from '#models/api_token/scopes'
import type { Operation } from '#pages/api/operation'
import type { Schema } from '#pages/api/shape'
import { problems, type ProblemName } from '#registries/problems'

/** The description of the API by OpenAPI 3.1, for the address at which it is served. */
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
  'Everything that a token’s owner may see and do, as JSON. Lists page by cursor; changes name the version that they are of; a POST with an Idempotency-Key is done once.'

const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: `A token of a member or of a service, with the scope that the operation names: ${Object.keys(scopes).join(', ')}.`,
  },
}

const headers = {
  ETag: { description: 'The version of the record', schema: { type: 'string' } },
  RateLimit: { description: 'What is left of the window', schema: { type: 'string' } },
}

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
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
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
      [status]: { description: 'Done', content: { 'application/json': { schema: answer } } },
      ...refusals(method, path, operation),
    },
  }
}

/** Such as `patchProjectsByIdRaidById`. */
function operationId(method: string, path: string) {
  const words = path.split('/').map((part) => (part.startsWith(':') ? 'by_id' : part))
  return string.camelCase([method.toLowerCase(), ...words].join('_'))
}

function parametersOf(method: string, path: string, { query = {}, isVersioned }: Operation) {
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
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  })
  return [
    ...inPath,
    ...inQuery,
    ...(isVersioned ? [header('If-Match', 'The ETag of the record that is changed')] : []),
    ...(method === 'POST'
      ? [
          header(
            'Idempotency-Key',
            'Up to 200 characters; the same again within 24 hours is answered, not done'
          ),
        ]
      : []),
  ]
}

function refusals(method: string, path: string, { isVersioned, query }: Operation) {
  const names: ProblemName[] = ['unauthenticated', 'forbidden', 'rate_limited']
  if (path.includes(':')) names.push('not_found')
  if (method !== 'GET' || query?.cursor) names.push('invalid')
  if (isVersioned) names.push('conflict', 'stale', 'precondition_required')
  return Object.fromEntries(
    names.map((name) => [
      problems[name].status,
      {
        description: problems[name].title,
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ])
  )
}
