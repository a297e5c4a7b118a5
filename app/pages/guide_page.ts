import { renderGuide } from '#registries/guide_markdown'
import { guideGroups, guides } from '#registries/guides'

/** The contents of all guides. */
export function guidesState() {
  return { groups: guideGroups }
}

/**
 * One guide with its neighbours; null when there is none. Pages that the reader cannot open are named without a link.
 */
export function guideState(slug: string, isOpen: (path: string) => boolean) {
  const at = guides.findIndex((guide) => guide.slug === slug)
  if (at < 0) return null
  const { group, ...guide } = guides[at]
  const { html, headings } = renderGuide(slug)
  return {
    guide,
    group,
    groups: guideGroups,
    html: html.replaceAll(LINK, (link, path, words) => (isOpen(path) ? link : words)),
    headings,
    previous: beside(at - 1, group.key),
    next: beside(at + 1, group.key),
  }
}

const LINK = /<a href="(\/[^"#?]*)[^"]*">(.*?)<\/a>/gs

function beside(at: number, key: string) {
  const guide = guides[at]
  return guide?.group.key === key ? { slug: guide.slug, title: guide.title } : null
}
