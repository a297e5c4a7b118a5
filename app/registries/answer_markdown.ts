import MarkdownIt from 'markdown-it'
import sanitize from 'sanitize-html'
import { PROSE } from '#registries/markdown'
import { linkRefs } from '#registries/ref_links'
import { turnBlocks } from '#registries/turned_blocks'

/** Where the records named in an answer are found, by ref. */
type Citations = ReadonlyMap<string, string>

/** No images or links of its own: nothing in an answer leads or reaches anywhere else. */
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true })
markdown.disable(['image', 'link', 'autolink', 'reference', 'html_block', 'html_inline'])
linkRefs(markdown)
turnBlocks(markdown)

const allowed: sanitize.IOptions = {
  allowedTags: PROSE,
  allowedAttributes: { '*': ['dir'], 'a': ['href'] },
  allowedSchemes: [],
  allowProtocolRelative: false,
  exclusiveFilter: ({ tag, attribs }) => tag === 'a' && !attribs.href?.startsWith('/projects/'),
  transformTags: { h1: 'h4', h2: 'h4', h3: 'h5' },
}

/**
 * An answer of the assistant as HTML that is safe to print raw. It links the records in `citations` where it names
 * them, and nothing else.
 */
export function renderAnswer(text: string, citations: Citations): string {
  const links = new Map([...citations].map(([ref, href]) => [ref, { href }]))
  return sanitize(markdown.render(text, { links }), allowed)
}
