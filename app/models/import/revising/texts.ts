const ORIGIN = /(?:^|\n\n)(Imported from [^\n]*)$/
const PLACE = /^(In the file under “[^\n]*”\.)(?:\n\n|$)/

/**
 * The present description with the file's new text: what an import wrote around the text stays. Null when the text is
 * the same.
 */
export function describedAnew(present: string | null, text: string): string | null {
  const origin = ORIGIN.exec(present ?? '')?.[1] ?? ''
  const withoutOrigin = (present ?? '').replace(ORIGIN, '')
  const place = PLACE.exec(withoutOrigin)?.[1] ?? ''
  const body = withoutOrigin.replace(PLACE, '')
  if (body.trim() === text.trim()) return null
  return [place, text, origin].filter(Boolean).join('\n\n')
}
