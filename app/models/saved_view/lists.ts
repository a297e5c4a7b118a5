import { canonicalQuery } from '#models/portfolio/kept'
import { canonicalRaidQuery } from '#models/raid/kept'
import { canonicalOverviewQuery } from '#models/report/overview/kept'

/** The lists that have saved views. */
export const viewedLists = {
  portfolio: 'Portfolio',
  raid: 'RAID across projects',
  reports: 'Reports across projects',
} as const

export type ViewedList = keyof typeof viewedLists

const canonical: Record<ViewedList, (query: string) => string> = {
  portfolio: canonicalQuery,
  raid: canonicalRaidQuery,
  reports: canonicalOverviewQuery,
}

/** A query string as the list itself would write it. */
export function canonicalIn(list: ViewedList, query: string) {
  return canonical[list](query)
}
