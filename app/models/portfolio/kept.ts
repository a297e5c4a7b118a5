import { portfolioQuery, readPortfolioFilters } from '#models/portfolio/filters'
import { givenIn } from '#models/query_string'

/** The filters that a kept query stands for; a page within them is no part of what is kept. */
export function filtersIn(query: string) {
  return { ...readPortfolioFilters(givenIn(query)), from: null, after: null, before: null }
}

/** A query string with what the portfolio knows, in its one order. */
export function canonicalQuery(query: string) {
  return portfolioQuery(filtersIn(query))
}
