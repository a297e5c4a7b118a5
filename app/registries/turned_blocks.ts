import type MarkdownIt from 'markdown-it'
import { directionOf, turns } from '#registries/direction'

type Markdown = InstanceType<typeof MarkdownIt>
type Token = ReturnType<Markdown['parse']>[number]
type Block = { token: Token; texts: string[] }

/** Aligns each paragraph, list or cell with right-to-left text to the right. */
export function turnBlocks(markdown: Markdown) {
  markdown.core.ruler.push('direction', ({ src, tokens }) => {
    if (!turns(src)) return
    const open: Block[] = []
    for (const token of tokens) {
      if (token.nesting === 1) open.push({ token, texts: [] })
      else if (token.nesting === -1) turn(open.pop()!)
      else for (const { texts } of open) texts.push(token.content)
    }
  })
}

function turn({ token, texts }: Block) {
  if (directionOf(texts.join('\n')) === 'rtl') token.attrSet('dir', 'rtl')
}
