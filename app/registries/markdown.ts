import MarkdownIt from 'markdown-it'
import sanitize from 'sanitize-html'
import { nameOf, MENTION, type Names } from '#models/text/mention'
import { isolated } from '#registries/direction'
import { linkRefs, type RefLinks } from '#registries/ref_links'
import { turnBlocks } from '#registries/turned_blocks'

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true })
linkRefs(markdown)
turnBlocks(markdown)

markdown.inline.ruler.before('text', 'mention', (state, silent) => {
  const [whole, id] = state.src.slice(state.pos).match(MENTION) ?? []
  if (!whole) return false
  if (!silent) state.push('mention', '', 0).content = id
  state.pos += whole.length
  return true
})

markdown.renderer.rules.mention = (tokens, index, _options, env) => {
  const name = nameOf(tokens[index].content, env?.names as Names)
  return `<span class="mention">@${isolated(markdown.utils.escapeHtml(name), name)}</span>`
}

/** The elements of running text, whoever wrote it. */
export const PROSE = [
  'p',
  'br',
  'strong',
  'em',
  's',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
  'a',
  'hr',
  'h4',
  'h5',
  'h6',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
]

const allowed: sanitize.IOptions = {
  allowedTags: [...PROSE, 'span', 'bdi', 'h1', 'h2', 'h3'],
  allowedAttributes: { '*': ['dir'], 'a': ['href', 'rel', 'title'] },
  allowedClasses: { span: ['mention'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  transformTags: {
    a: sanitize.simpleTransform('a', { rel: 'nofollow noopener noreferrer' }),
    h1: 'h4',
    h2: 'h4',
    h3: 'h5',
    h4: 'h5',
    h5: 'h6',
  },
}

/**
 * People's Markdown as HTML that is safe to print raw. Images and raw HTML are left out; mentioned members are shown by
 * their `names`, and refs in `links` link to their records. Null stays null.
 */
export function renderMarkdown(
  text: string | null | undefined,
  { names = new Map(), links = new Map() }: { names?: Names; links?: RefLinks } = {}
): string | null {
  if (!text) return null
  return sanitize(markdown.render(text, { names, links }), allowed)
}
