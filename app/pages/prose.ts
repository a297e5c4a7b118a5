import type { Viewer } from '#identity/viewer'
import type { Names } from '#models/text/mention'
import { recordsNamed } from '#models/search/named'
import { renderMarkdown } from '#registries/markdown'

/**
 * How a page prints texts that people wrote: as safe HTML, with links on the refs of records that the viewer may see.
 */
export async function proseOf(texts: (string | null | undefined)[], viewer: Viewer) {
  const links = await recordsNamed(texts, viewer)
  return (text: string | null | undefined, names?: Names) => renderMarkdown(text, { names, links })
}
