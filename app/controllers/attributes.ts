import string from '@adonisjs/core/helpers/string'

/** What validators call fields, each put into an attribute's form once: they know a fixed number of names. */
const attributes = new Map<string, string>()

/** Validated fields by the attribute that each fills; those not sent are left out. */
export function toAttributes<Attributes>(fields: Record<string, unknown>) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [attributeOf(name), value])) as Attributes
}

function attributeOf(name: string) {
  let attribute = attributes.get(name)
  if (attribute === undefined) attributes.set(name, (attribute = string.camelCase(name)))
  return attribute
}
