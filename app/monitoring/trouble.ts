/** An error in a browser, as far as it may be recorded: its kind, its place in our scripts, the page's pattern. */
export type Trouble = { type: string; frames: string[]; route: string }

const TYPES = [
  'Error',
  'TypeError',
  'ReferenceError',
  'RangeError',
  'SyntaxError',
  'URIError',
  'AggregateError',
  'AbortError',
  'NetworkError',
  'NotAllowedError',
  'SecurityError',
]

/** Our scripts are `/assets/<name>.js`; frames of extensions, inline code and other hosts are not ours. */
const FRAME = /\/assets\/([\w.-]{1,80}\.js):(\d{1,6})(?::(\d{1,6}))?/g
const MOST_FRAMES = 10

/**
 * Builds a report from what a browser sent, which may be anything: only known words and numbers are accepted. Null when
 * no frame is ours: then there is nothing to fix here. `routes` are the patterns of pages.
 */
export function troubleOf(sent: unknown, routes: string[]): Trouble | null {
  const { name, stack, route } = (sent ?? {}) as Record<string, unknown>
  const frames = [...String(stack ?? '').matchAll(FRAME)]
    .slice(0, MOST_FRAMES)
    .map(([, file, line, column]) => `${file}:${line}${column ? `:${column}` : ''}`)
  if (frames.length === 0) return null
  return {
    type: TYPES.find((type) => type === name) ?? 'Error',
    frames,
    route: routes.find((pattern) => pattern === route) ?? '[unknown]',
  }
}

/** The report as an error for monitoring. */
export function errorOfTrouble({ type, frames }: Trouble) {
  const error = new Error('a script of a page failed')
  error.name = `Browser${type}`
  error.stack = [
    `${error.name}`,
    ...frames.map((frame) => `    at script (/assets/${frame})`),
  ].join('\n')
  return error
}
