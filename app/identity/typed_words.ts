/** The text in what a form sent, to be copied when no form shows it again. */
export function typedWords(fields: object): string[] {
  return Object.values(fields).filter(
    (value): value is string => typeof value === 'string' && /\s/.test(value) && !isJson(value)
  )
}

/** Fields that a form carries for its own use. */
function isJson(value: string) {
  return value.startsWith('{')
}
