import { HttpRequest } from '@adonisjs/core/http'

const FIELD = /"fieldName":"([^"*]+)"/g

/** Runs work, such as one request, and tells which fields it reads: those of its validators and those asked for by name. */
export async function fieldsRead<T>(
  work: () => Promise<T>
): Promise<{ result: T; names: string[] }> {
  const names = new Set<string>()
  const prototype = HttpRequest.prototype as any
  const { validateUsing, input } = prototype
  prototype.validateUsing = function (validator: any, ...rest: unknown[]) {
    const known = JSON.stringify(validator.toJSON()).matchAll(FIELD)
    for (const [, name] of known) names.add(name)
    return validateUsing.call(this, validator, ...rest)
  }
  prototype.input = function (name: string, ...rest: unknown[]) {
    names.add(name)
    return input.call(this, name, ...rest)
  }
  try {
    return { result: await work(), names: [...names] }
  } finally {
    Object.assign(prototype, { validateUsing, input })
  }
}
