import type { Viewer } from '#identity/viewer'
import type { Names } from '#models/mention'
import { recordsNamed } from '#models/search/named'
import { renderMarkdown } from '#registries/markdown'

/**
 * How a page prints the texts that people wrote for it: as safe HTML, in which the refs of records that the viewer
 * may see lead to them.
 */
export async function proseOf(texts: (string | null | undefined)[], viewer: Viewer) {
  const links = await recordsNamed(texts, viewer)
  return (text: string | null | undefined, names?: Names) => renderMarkdown(text, { names, links })
}
