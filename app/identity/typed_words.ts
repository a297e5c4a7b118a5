/** The words among what a form sent, to be copied where no form shows them again. */
export function typedWords(fields: object): string[] {
  return Object.values(fields).filter(
    (value): value is string => typeof value === 'string' && /\s/.test(value) && !isJson(value)
  )
}

/** What a form carries for its own use. */
function isJson(value: string) {
  return value.startsWith('{')
}
