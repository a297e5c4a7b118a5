import { renderGuide } from '#registries/guide_markdown'
import { guideGroups, guides } from '#registries/guides'

/** The contents of all guides. */
export function guidesState() {
  return { groups: guideGroups }
}

/**
 * One guide with its neighbours; null where there is none. The back office is there for staff alone: for everybody else
 * its pages have names and no links.
 */
export function guideState(slug: string, { isStaff }: { isStaff: boolean }) {
  const at = guides.findIndex((guide) => guide.slug === slug)
  if (at < 0) return null
  const { group, ...guide } = guides[at]
  const { html, headings } = renderGuide(slug)
  return {
    guide,
    group,
    groups: guideGroups,
    html: isStaff ? html : html.replaceAll(OFFICE_LINK, '$1'),
    headings,
    previous: beside(at - 1, group.key),
    next: beside(at + 1, group.key),
  }
}

const OFFICE_LINK = /<a href="\/admin[^"]*">(.*?)<\/a>/gs

function beside(at: number, key: string) {
  const guide = guides[at]
  return guide?.group.key === key ? { slug: guide.slug, title: guide.title } : null
}
