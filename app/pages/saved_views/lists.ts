import type { Viewer } from '#identity/viewer'
import type { ViewedList } from '#models/saved_view/lists'
import { portfolioViewWords } from '#pages/portfolio/applied'
import { raidViewWords } from '#pages/raid/kept_words'
import { reportViewWords } from '#pages/reports/overview_applied'

/** The wording and addresses of one list's views. */
type ViewPages = {
  path: string
  title: string
  /** The key of the list in the navigation. */
  section: string
  all: { label: string; href: string }
  /** What an unfiltered view shows. */
  nothing: string
  /** What stays unchanged when a view is deleted. */
  stays: string
  /** The contents of saved queries, in words, each read once for all. */
  words: (viewer: Viewer, queries: string[]) => Promise<(query: string) => string[]>
}

export const viewPages: Record<ViewedList, ViewPages> = {
  portfolio: {
    path: '/portfolio',
    title: 'Portfolio',
    section: 'portfolio',
    all: { label: 'All projects', href: '/portfolio?view=all' },
    nothing: 'All projects that are not closed, by code',
    stays: 'The projects do not change.',
    words: portfolioViewWords,
  },
  raid: {
    path: '/raid',
    title: 'RAID across projects',
    section: 'raid',
    all: { label: 'Everything', href: '/raid?view=all' },
    nothing: 'All risks, the highest score first',
    stays: 'The entries do not change.',
    words: raidViewWords,
  },
  reports: {
    path: '/reports',
    title: 'Reports across projects',
    section: 'reports',
    all: { label: 'All projects', href: '/reports?view=all' },
    nothing: 'All projects that are not closed, the report that is due first at the top',
    stays: 'The reports do not change.',
    words: reportViewWords,
  },
}
