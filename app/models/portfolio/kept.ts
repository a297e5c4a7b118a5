import { portfolioQuery, readPortfolioFilters } from '#models/portfolio/filters'
import { givenIn } from '#models/lists/query_string'

/** The filters in a saved query; a page number is not part of it. */
export function filtersIn(query: string) {
  return { ...readPortfolioFilters(givenIn(query)), from: null, after: null, before: null }
}

/** A query string of what the portfolio knows, in its one order. */
export function canonicalQuery(query: string) {
  return portfolioQuery(filtersIn(query))
}
