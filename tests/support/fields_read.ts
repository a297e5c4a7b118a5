import { HttpRequest } from '@adonisjs/core/http'

const FIELD = /"fieldName":"([^"*]+)"/g

/** Means every name: a query was read as a whole. */
export const ANY = '*'

/**
 * Runs work, such as one request, and returns which fields it reads: those of its validators, those asked for by name,
 * and those that it looks up in a query.
 */
export async function fieldsRead<T>(
  work: () => Promise<T>
): Promise<{ result: T; names: string[] }> {
  const names = new Set<string>()
  const prototype = HttpRequest.prototype as any
  const { validateUsing, input, qs } = prototype
  prototype.validateUsing = function (validator: any, ...rest: unknown[]) {
    const known = JSON.stringify(validator.toJSON()).matchAll(FIELD)
    for (const [, name] of known) names.add(name)
    return validateUsing.call(this, validator, ...rest)
  }
  prototype.input = function (name: string, ...rest: unknown[]) {
    names.add(name)
    return input.call(this, name, ...rest)
  }
  prototype.qs = function () {
    return watched(qs.call(this), (name) => names.add(name))
  }
  try {
    return { result: await work(), names: [...names] }
  } finally {
    Object.assign(prototype, { validateUsing, input, qs })
  }
}

function watched(query: object, tell: (name: string) => void) {
  return new Proxy(query, {
    get(target, name, receiver) {
      tell(String(name))
      return Reflect.get(target, name, receiver)
    },
    has(target, name) {
      tell(String(name))
      return Reflect.has(target, name)
    },
    ownKeys(target) {
      tell(ANY)
      return Reflect.ownKeys(target)
    },
  })
}
