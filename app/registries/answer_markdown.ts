import MarkdownIt from 'markdown-it'
import sanitize from 'sanitize-html'
import { PROSE } from '#registries/markdown'

/** Where the records that an answer names are found, by ref. */
export type Citations = ReadonlyMap<string, string>

/** Neither images nor links of its own: nothing in an answer leads or reaches anywhere else. */
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true })
markdown.disable(['image', 'link', 'autolink', 'reference', 'html_block', 'html_inline'])

const REF = /(?<![\p{L}\p{N}-])[A-Z][A-Z0-9]{1,9}-[A-Z]\d{1,8}(?![\p{L}\p{N}-])/gu

markdown.core.ruler.push('citations', ({ tokens, env, Token }) => {
  for (const block of tokens) {
    if (block.type !== 'inline' || !block.children) continue
    block.children = block.children.flatMap((token) =>
      token.type === 'text'
        ? cited(token.content, (env as { citations: Citations }).citations, Token)
        : [token]
    )
  }
})

const allowed: sanitize.IOptions = {
  allowedTags: PROSE,
  allowedAttributes: { a: ['href'] },
  allowedSchemes: [],
  allowProtocolRelative: false,
  exclusiveFilter: ({ tag, attribs }) => tag === 'a' && !attribs.href?.startsWith('/projects/'),
  transformTags: { h1: 'h4', h2: 'h4', h3: 'h5' },
}

/**
 * An answer of the assistant as HTML that is safe to print raw. It links the records in `citations` where it
 * names them, and nothing else.
 */
export function renderAnswer(text: string, citations: Citations): string {
  return sanitize(markdown.render(text, { citations }), allowed)
}

type Tokens = NonNullable<ReturnType<typeof markdown.parse>[number]['children']>
type TokenClass = new (type: string, tag: string, nesting: 1 | 0 | -1) => Tokens[number]

function cited(text: string, citations: Citations, Token: TokenClass): Tokens {
  const tokens: Tokens = []
  let at = 0
  const write = (part: string) => {
    if (part) tokens.push(Object.assign(new Token('text', '', 0), { content: part }))
  }
  for (const { 0: ref, index } of text.matchAll(REF)) {
    const href = citations.get(ref)
    if (!href) continue
    write(text.slice(at, index))
    tokens.push(Object.assign(new Token('link_open', 'a', 1), { attrs: [['href', href]] }))
    write(ref)
    tokens.push(new Token('link_close', 'a', -1))
    at = index + ref.length
  }
  write(text.slice(at))
  return tokens
}
