import { renderGuide } from '#registries/guide_markdown'
import { guideGroups, guides } from '#registries/guides'

/** The contents of all guides. */
export function guidesState() {
  return { groups: guideGroups }
}

/** One guide with its neighbours; null where there is none. */
export function guideState(slug: string) {
  const at = guides.findIndex((guide) => guide.slug === slug)
  if (at < 0) return null
  const { group, ...guide } = guides[at]
  return {
    guide,
    group,
    groups: guideGroups,
    ...renderGuide(slug),
    previous: beside(at - 1, group.key),
    next: beside(at + 1, group.key),
  }
}

function beside(at: number, key: string) {
  const guide = guides[at]
  return guide?.group.key === key ? { slug: guide.slug, title: guide.title } : null
}
