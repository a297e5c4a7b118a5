import sax from 'sax'
import { getDocumentProxy, getResolvedPDFJS, extractText } from 'unpdf'
import { openPack } from '#exports/board_pack/store'
import type { PackFormat } from '#models/board_pack/enumerations'
import { unzip } from '#tests/support/unzip'

type Named = { organisationId: string; packId: string }

async function bytesOf(named: Named, format: PackFormat) {
  const chunks: Buffer[] = []
  for await (const chunk of await openPack(named, format)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The text of a pack's PDF, page by page. */
export async function pagesOf(named: Named): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(await bytesOf(named, 'pdf')))
  const { text } = await extractText(document, { mergePages: false })
  return text as string[]
}

/** The right end of a line of a pack's PDF, in points from the left edge of the page. */
export async function rightEndOf(named: Named, line: string) {
  const document = await getDocumentProxy(new Uint8Array(await bytesOf(named, 'pdf')))
  for (let page = 1; page <= document.numPages; page++) {
    const { items } = await (await document.getPage(page)).getTextContent()
    const found = items.find((item) => 'str' in item && item.str.trim() === line)
    if (found && 'str' in found) return found.transform[4] + found.width
  }
  return null
}

/** How many characters of a pack's PDF are drawn as the font's box for a missing character. */
export async function boxesIn(named: Named) {
  const { OPS } = await getResolvedPDFJS()
  const document = await getDocumentProxy(new Uint8Array(await bytesOf(named, 'pdf')))
  let boxes = 0
  for (let page = 1; page <= document.numPages; page++) {
    const { fnArray, argsArray } = await (await document.getPage(page)).getOperatorList()
    for (const [index, operator] of fnArray.entries()) {
      if (operator !== OPS.showText) continue
      const glyphs: { originalCharCode?: number }[] = argsArray[index][0]
      boxes += glyphs.filter((glyph) => glyph.originalCharCode === 0).length
    }
  }
  return boxes
}

/** The structure of each page of a pack's PDF for screen readers: `H1`, `Table` and so on, from the outside in. */
export async function tagsOf(named: Named): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(await bytesOf(named, 'pdf')))
  const tags: string[] = []
  const walk = (node: Record<string, any>) => {
    if (node.role && node.role !== 'Root')
      tags.push([node.role, node.alt].filter(Boolean).join(': '))
    for (const child of node.children ?? []) walk(child)
  }
  for (let page = 1; page <= document.numPages; page++) {
    walk((await (await document.getPage(page)).getStructTree()) ?? {})
  }
  return tags
}

/** The parts of a pack's slides that are XML, as text. */
export async function partsOf(named: Named): Promise<[name: string, text: string][]> {
  const files = await unzip(await bytesOf(named, 'pptx'))
  return [...files]
    .filter(([name]) => /\.(xml|rels)$/.test(name))
    .map(([name, content]) => [name, content.toString('utf8')])
}

/** Why no program could read a text as XML; null when every program can. */
export function flawIn(text: string): string | null {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ufffd]/.test(text)) return 'a character'
  let flaw: string | null = null
  const parser = sax.parser(true)
  parser.onerror = (error) => {
    flaw ??= error.message
    parser.resume()
  }
  parser.write(text).close()
  return flaw
}

/** The text of a pack's slides, slide by slide. */
export async function slidesOf(named: Named): Promise<string[]> {
  const files = await unzip(await bytesOf(named, 'pptx'))
  return [...files]
    .filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
    .sort(([one], [other]) => numberIn(one) - numberIn(other))
    .map(([, content]) =>
      [...String(content).matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text]) => text).join(' ')
    )
}

function numberIn(name: string) {
  return Number(/(\d+)\.xml$/.exec(name)![1])
}
