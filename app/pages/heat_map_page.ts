import type { HeatMapCell } from '#models/raid/heat_map'
import { bandOf, bands, score } from '#models/raid/scoring'
import * as terms from '#registries/terms'

const LEVELS = [1, 2, 3, 4, 5]

/** The heat map of a project's open risks: each filled cell leads to the list of its risks. */
export function heatMapState(cells: HeatMapCell[], listUrl: string) {
  const counts = new Map(cells.map((cell) => [`${cell.likelihood}-${cell.impact}`, cell.count]))
  const href = (query: string) => `${listUrl}?type=risk&state=open&${query}`
  const rows = [...LEVELS].reverse().map((likelihood) => ({
    value: likelihood,
    label: terms.levels[likelihood - 1],
    cells: LEVELS.map((impact) => {
      const count = counts.get(`${likelihood}-${impact}`)
      const product = likelihood * impact
      const band = bandOf(product)!
      return {
        score: product,
        tone: band,
        count,
        href: href(`likelihood=${likelihood}&impact=${impact}`),
        label: `${count} with likelihood ${likelihood} and impact ${impact}: score ${product}, ${bands[band].label}`,
      }
    }),
  }))
  return { rows, columns: LEVELS.map((value) => ({ value, label: terms.levels[value - 1] })) }
}

/** Where one risk stands before, now and after its response, for its own page. */
export function scoreMapState(item: Record<string, any>) {
  const moments = [
    { key: 'inherent', label: 'Inherent' },
    { key: 'current', label: 'Current' },
    { key: 'target', label: 'Target' },
  ]
  const scores = moments.map(({ key, label }) => {
    const likelihood: number | null = item[`${key}Likelihood`]
    const impact: number | null = item[`${key}Impact`]
    const value = score(likelihood, impact)
    return { key, label, likelihood, impact, score: value, band: bandOf(value) }
  })
  const rows = [...LEVELS].reverse().map((likelihood) => ({
    value: likelihood,
    label: terms.levels[likelihood - 1],
    cells: LEVELS.map((impact) => ({
      score: likelihood * impact,
      tone: bandOf(likelihood * impact)!,
      marks: scores
        .filter((stop) => stop.likelihood === likelihood && stop.impact === impact)
        .map((stop) => stop.label)
        .join(', '),
    })),
  }))
  const columns = LEVELS.map((value) => ({ value, label: terms.levels[value - 1] }))
  return { scores, scoreMap: scores.some((stop) => stop.score) ? { rows, columns } : null }
}
