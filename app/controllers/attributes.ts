import string from '@adonisjs/core/helpers/string'

/** Validated fields by the attribute that each fills; those not sent are left out. */
export function toAttributes<Attributes>(fields: Record<string, unknown>) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    given.map(([name, value]) => [string.camelCase(name), value])
  ) as Attributes
}
