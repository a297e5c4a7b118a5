import string from '@adonisjs/core/helpers/string'

/** Field names of validators, each converted to an attribute's form once: there is a fixed number of them. */
const attributes = new Map<string, string>()

/** Validated fields by the attribute that each one sets; fields not sent are left out. */
export function toAttributes<Attributes>(fields: Record<string, unknown>) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [attributeOf(name), value])) as Attributes
}

function attributeOf(name: string) {
  let attribute = attributes.get(name)
  if (attribute === undefined) attributes.set(name, (attribute = string.camelCase(name)))
  return attribute
}
