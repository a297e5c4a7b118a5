import type { Edge } from 'edge.js'

type Token = {
  type: string
  properties?: { name?: string; jsArg?: string }
  children?: Token[]
}

/** What a loop may contain and still run synchronously. Anything else may be a component, and those are awaited. */
const AT_ONCE = ['if', 'elseif', 'else', 'each', 'let']

/**
 * Has Edge run loops over plain cells synchronously. It would await each row of any loop, and each option of each
 * filter, as if there were something to wait for: with a hundred or more that is a good part of a page. Installed at
 * boot.
 */
export function installPlainLoops(edge: Edge) {
  const { each } = edge.tags
  edge.registerTag({
    ...each,
    compile(parser, buffer, token) {
      const { asyncMode } = parser
      if (isPlain(token)) parser.asyncMode = false
      try {
        each.compile(parser, buffer, token)
      } finally {
        parser.asyncMode = asyncMode
      }
    },
  })
}

function isPlain(token: Token): boolean {
  const { jsArg = '', name = '' } = token.properties ?? {}
  if (/\bawait\b/.test(jsArg)) return false
  if (token.children && !AT_ONCE.includes(name)) return false
  return (token.children ?? []).every(isPlain)
}
