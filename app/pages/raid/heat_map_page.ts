import type { HeatMapCell } from '#models/raid/heat_map'
import { bandNames, LEVELS, score, scoring, SCORES, type Scoring } from '#models/raid/scoring'
import * as terms from '#registries/terms'

/** The heat map of a project's open risks: each filled cell links to the list of its risks. */
export function heatMapState(cells: HeatMapCell[], listUrl: string) {
  const scores = scoring()
  const counts = new Map(cells.map((cell) => [`${cell.likelihood}-${cell.impact}`, cell.count]))
  const href = (query: string) => `${listUrl}?type=risk&state=open&${query}`
  return matrix(scores, (likelihood, impact) => {
    const count = counts.get(`${likelihood}-${impact}`)
    const product = likelihood * impact
    const { label } = scores.bands[scores.bandOf(product)!]
    return {
      count,
      href: href(`likelihood=${likelihood}&impact=${impact}`),
      label: `${count === 1 ? '1 risk' : `${count} risks`} with likelihood ${likelihood} and impact ${impact}: score ${product}, ${label}`,
      // Beside counts, a score read out alone would be taken for one.
      spoken: 'None',
    }
  })
}

/** One risk before, now and after its response, for its own page. */
export function scoreMapState(item: Record<string, any>) {
  const scores = scoring()
  const moments = [
    { key: 'inherent', label: 'Inherent' },
    { key: 'current', label: 'Current' },
    { key: 'target', label: 'Target' },
  ]
  const stops = moments.map(({ key, label }) => {
    const likelihood: number | null = item[`${key}Likelihood`]
    const impact: number | null = item[`${key}Impact`]
    const value = score(likelihood, impact)
    return { key, label, likelihood, impact, score: value, band: scores.bandOf(value) }
  })
  const map = matrix(scores, (likelihood, impact) => ({
    marks: stops
      .filter((stop) => stop.likelihood === likelihood && stop.impact === impact)
      .map((stop) => stop.label)
      .join(', '),
  }))
  return { scores: stops, scoreMap: stops.some((stop) => stop.score) ? map : null }
}

/** The matrix itself, with a key to its colours. */
export function plainMapState(scores: Scoring) {
  return { ...matrix(scores, () => ({})), legend: legendOf(scores) }
}

/** Each band with the scores in it, which are not all numbers between its ends. */
export function legendOf(scores: Scoring) {
  return bandNames.map((band) => {
    const within = SCORES.filter((value) => scores.bandOf(value) === band)
    const [least, most] = [Math.min(...within), Math.max(...within)]
    const range = least === most ? `${least}` : `${least} to ${most}`
    return { ...terms.bands[band], label: `${terms.bands[band].label}, ${range}` }
  })
}

/**
 * Rows from most to least likely, columns by impact; each cell with its score, its band's tone and the given content.
 */
function matrix<Cell extends object>(
  scores: Scoring,
  cell: (likelihood: number, impact: number) => Cell
) {
  const [likelihoods, impacts] = [scores.labels('likelihood'), scores.labels('impact')]
  return {
    rows: [...LEVELS].reverse().map((likelihood) => ({
      value: likelihood,
      label: likelihoods[likelihood],
      cells: LEVELS.map((impact) => ({
        score: likelihood * impact,
        tone: scores.bandOf(likelihood * impact)!,
        ...cell(likelihood, impact),
      })),
    })),
    columns: LEVELS.map((value) => ({ value, label: impacts[value] })),
  }
}
