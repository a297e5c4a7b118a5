/** An address on the web that browsers can open, without a name or password in it. */
export function isPlainLink(text: unknown) {
  if (typeof text !== 'string' || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && !username && !password
}
