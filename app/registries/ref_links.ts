import type MarkdownIt from 'markdown-it'
import { REF } from '#models/text/refs'

/** Where the records named in a text are found, by ref. */
export type RefLinks = ReadonlyMap<string, { href: string; title?: string }>

/**
 * Turns the refs in `env.links` into links where the text names them, except inside existing links. Titles of the
 * text's own links are dropped: only ours have one.
 */
export function linkRefs(markdown: Markdown) {
  markdown.core.ruler.push('refs', ({ tokens, env, Token }) => {
    const links = (env as { links?: RefLinks } | undefined)?.links ?? new Map()
    for (const block of tokens) {
      if (!block.children) continue
      for (const token of block.children) untitle(token)
      if (links.size > 0) block.children = linked(block.children, links, Token)
    }
  })
}

type Markdown = InstanceType<typeof MarkdownIt>
type Tokens = NonNullable<ReturnType<Markdown['parse']>[number]['children']>
type TokenClass = new (type: string, tag: string, nesting: 1 | 0 | -1) => Tokens[number]

function untitle(token: Tokens[number]) {
  if (token.type !== 'link_open') return
  token.attrs = token.attrs?.filter(([name]) => name !== 'title') ?? null
}

function linked(tokens: Tokens, links: RefLinks, Token: TokenClass): Tokens {
  let within = 0
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') within += 1
    if (token.type === 'link_close') within -= 1
    return token.type === 'text' && within === 0 ? parted(token.content, links, Token) : [token]
  })
}

function parted(text: string, links: RefLinks, Token: TokenClass): Tokens {
  const tokens: Tokens = []
  let at = 0
  const write = (part: string) => {
    if (part) tokens.push(Object.assign(new Token('text', '', 0), { content: part }))
  }
  for (const { 0: ref, index } of text.matchAll(REF)) {
    const found = links.get(ref)
    if (!found) continue
    const attrs = Object.entries({ href: found.href, title: found.title }).filter(
      ([, value]) => value
    )
    write(text.slice(at, index))
    tokens.push(Object.assign(new Token('link_open', 'a', 1), { attrs }))
    write(ref)
    tokens.push(new Token('link_close', 'a', -1))
    at = index + ref.length
  }
  write(text.slice(at))
  return tokens
}
