import type { Viewer } from '#identity/viewer'
import { portfolioChoices, type PortfolioChoices } from '#models/portfolio/choices'
import {
  portfolioFlags,
  type PortfolioFilters,
  type PortfolioSort,
} from '#models/portfolio/filters'
import { filtersIn } from '#models/portfolio/kept'
import { projectStatuses } from '#models/project/states'
import * as terms from '#registries/terms'

type Chip = { label: string; href: string }

/** The grid's active filters, each with the address of the grid without it. */
export function appliedFilters(
  filters: PortfolioFilters,
  choices: PortfolioChoices,
  link: (changes: Partial<PortfolioFilters>) => string
): Chip[] {
  const { q, programme, rag, stage, manager, status, flags } = filters
  const chips: [string | null, Partial<PortfolioFilters>][] = [
    [q && `Search: ${q}`, { q: null }],
    [programme && `Programme: ${programmeName(programme, choices)}`, { programme: null }],
    [rag && `Overall: ${ratingName(rag)}`, { rag: null }],
    [stage && `Stage: ${stage}`, { stage: null }],
    [manager && `Manager: ${managerName(manager, choices)}`, { manager: null }],
    [
      status && `Status: ${status === 'all' ? 'any' : projectStatuses[status].toLowerCase()}`,
      { status: null },
    ],
    ...flags.map((flag): [string, Partial<PortfolioFilters>] => [
      portfolioFlags[flag],
      { flags: flags.filter((other) => other !== flag) },
    ]),
  ]
  return chips.flatMap(([label, changes]) => (label ? [{ label, href: link(changes) }] : []))
}

/** The contents of saved queries of the portfolio, in words. */
export async function portfolioViewWords(viewer: Viewer) {
  const choices = await portfolioChoices(viewer)
  return (query: string) => filtersInWords(filtersIn(query), choices)
}

/** The same as text only, with the order, for a view that is not open. */
export function filtersInWords(filters: PortfolioFilters, choices: PortfolioChoices) {
  const { sort, isGrouped } = filters
  return [
    ...appliedFilters(filters, choices, () => '').map(({ label }) => label),
    ...(isGrouped ? ['Grouped by programme'] : []),
    ...(sort === 'code' ? [] : [`Sorted by ${sortNames[sort]}`]),
  ]
}

const sortNames: Record<PortfolioSort, string> = {
  code: 'code',
  name: 'name',
  rag: 'overall rating',
  confidence: 'delivery confidence',
  gate: 'next gate',
  slip: 'slip',
  severe: 'severe risks',
  report: 'age of the report',
}

/** The name of a programme to filter by. */
export function programmeName(id: string, { programmes }: PortfolioChoices) {
  return programmes.find((one) => one.id === id)?.code ?? (id === 'none' ? 'none' : 'another')
}

/** The name of a manager to filter by. */
export function managerName(id: string, { managers }: PortfolioChoices) {
  return id === 'me' ? 'me' : (managers.find((one) => one.id === id)?.name ?? 'someone else')
}

function ratingName(rating: NonNullable<PortfolioFilters['rag']>) {
  return rating === 'undeclared' ? 'not declared' : terms.ratings[rating].label.toLowerCase()
}
