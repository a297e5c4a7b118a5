import MarkdownIt from 'markdown-it'
import sanitize from 'sanitize-html'

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true })

const allowed: sanitize.IOptions = {
  allowedTags: [
    ...['p', 'br', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'hr'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href', 'rel'] },
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

/** People's Markdown as HTML that is safe to print raw. Images and raw HTML are left out. Null stays null. */
export function renderMarkdown(text: string | null | undefined): string | null {
  if (!text) return null
  return sanitize(markdown.render(text), allowed)
}
