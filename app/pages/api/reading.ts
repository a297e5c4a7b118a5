import { scopes } from '#models/api_token/scopes'
import type { Operation } from '#pages/api/operation'
import type { Schema } from '#pages/api/shape'
import { problems } from '#registries/problems'

/** The API reference as a page. */
export function apiState(operations: Record<string, Operation>, server: string) {
  const groups = Map.groupBy(Object.entries(operations), ([, { tag }]) => tag)
  return {
    server,
    scopes: Object.entries(scopes).map(([name, label]) => ({ name, label })),
    groups: [...groups].map(([tag, entries]) => ({
      tag,
      id: tag.toLowerCase(),
      operations: entries.map(([at, operation]) => operationState(at, operation)),
    })),
    problems: Object.entries(problems).map(([name, problem]) => ({ name, ...problem })),
  }
}

function operationState(at: string, { summary, scope, query = {}, body }: Operation) {
  const [method, path] = at.split(' ')
  return {
    id: at.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
    method,
    path: path.replaceAll(/:(\w+)/g, '{$1}'),
    summary,
    scope,
    query: Object.entries(query).map(([name, { description, enum: values }]) => ({
      name,
      text: description,
      values: Array.isArray(values) ? values.join(', ') : null,
    })),
    bodies: bodiesOf(body),
  }
}

/** The request body; a RAID entry has one form for each type. */
function bodiesOf(body?: Schema) {
  if (!body) return []
  const schemas = (body.oneOf ?? body.anyOf ?? [body]) as any[]
  return schemas.map(({ properties, required = [] }) => ({
    name: properties.type?.const ?? null,
    fields: Object.keys(properties)
      .filter((name) => name !== 'type')
      .map((name) => ({ name, isRequired: required.includes(name) })),
  }))
}
