import { givenIn } from '#models/query_string'
import {
  overviewQuery,
  readOverviewFilters,
  type OverviewFilters,
} from '#models/report/overview/filters'

/** The filters that a kept query stands for; a page within them is no part of what is kept. */
export function overviewFiltersIn(query: string): OverviewFilters {
  return { ...readOverviewFilters(givenIn(query)), from: null, after: null, before: null }
}

/** A query string with what the reports across projects know, in its one order. */
export function canonicalOverviewQuery(query: string) {
  return overviewQuery(overviewFiltersIn(query)).slice(1)
}
