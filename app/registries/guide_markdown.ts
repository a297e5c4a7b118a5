import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import MarkdownIt from 'markdown-it'
import { webpSize } from '#registries/webp_size'

/** A section of a guide that its contents list. */
type Heading = { id: string; title: string }

/** A guide as it is shown. */
type RenderedGuide = { html: string; headings: Heading[] }

const TEXTS = new URL('../../resources/help/', import.meta.url)
const PICTURES = new URL('../../public/guide/', import.meta.url)

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })

markdown.core.ruler.push('anchors', ({ tokens, env }) => {
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue
    const { title, id } = named(tokens[index + 1].content)
    token.attrSet('id', id)
    tokens[index + 1].children = markdown.parseInline(title, env)[0].children
    if (token.tag === 'h2') (env as { headings: Heading[] }).headings.push({ id, title })
  }
})

// A wide table scrolls on its own; it can be focused to scroll it with the keyboard.
markdown.renderer.rules.table_open = () =>
  '<div class="guide__table" tabindex="0" role="group" aria-label="Table"><table>\n'
markdown.renderer.rules.table_close = () => '</table></div>\n'

// Long lines of code scroll too.
markdown.renderer.rules.fence = (tokens, index) =>
  `<pre tabindex="0"><code>${markdown.utils.escapeHtml(tokens[index].content)}</code></pre>\n`

markdown.renderer.rules.image = (tokens, index) => {
  const { content: alt, attrs } = tokens[index]
  const file = String(Object.fromEntries(attrs ?? []).src)
  const { width, height } = webpSize(readFileSync(new URL(file, PICTURES)))
  const escape = markdown.utils.escapeHtml
  return `<img src="/guide/${escape(file)}" alt="${escape(alt)}" width="${width}" height="${height}" loading="lazy" decoding="async">`
}

/** A guide's Markdown source. */
export function guideText(slug: string): string {
  return readFileSync(fileURLToPath(new URL(`${slug}.md`, TEXTS)), 'utf8')
}

/** The tokens of a guide, for checking what it says. */
export function guideTokens(slug: string) {
  return markdown.parse(guideText(slug), { headings: [] })
}

const rendered = new Map<string, RenderedGuide>()

/** A guide as HTML with its contents. It is our own text, so its links and pictures stay. */
export function renderGuide(slug: string): RenderedGuide {
  const known = rendered.get(slug)
  if (known) return known
  const env = { headings: [] as Heading[] }
  const guide = { html: markdown.render(guideText(slug), env), headings: env.headings }
  // During development, a guide is read again each time.
  if (process.env.LIVE_RELOAD !== 'true') rendered.set(slug, guide)
  return guide
}

/** A heading's anchor: its words, or those after it in braces, where links must survive a rewording. */
function named(content: string): Heading {
  const [, title, given] = content.match(/^(.*?)\s*(?:\{#([\w-]+)\})?$/)!
  return { title, id: given ?? slugged(title) }
}

function slugged(title: string) {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
