const MOST = 5000

const opened = new Map<string, unknown>()

/**
 * The value of a sealed cookie. A browser sends the same one with every request, and opening it takes longer than
 * reading its session, so opened ones are remembered by their exact text. One that does not open is never remembered.
 */
export function openOnce<T>(sealed: string, open: () => T): T {
  const known = opened.get(sealed)
  if (known !== undefined) return known as T
  const value = open()
  if (value === undefined || value === null) return value
  if (opened.size >= MOST) opened.delete(opened.keys().next().value!)
  opened.set(sealed, value)
  return value
}
