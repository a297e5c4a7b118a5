import type { RatingPoint } from '#models/health/history'
import { ratings, type Rating } from '#models/health/enumerations'
import { day } from '#registries/formats'

const WIDTH = 112
const HEIGHT = 30
const EDGE = 5
/** Height says the same as colour: green is at the top. */
const LEVELS: Partial<Record<Rating, number>> = { green: 5, amber: 15, red: 25 }

/** A small drawing of a dimension's declared ratings over time; null before the first. */
export function sparkline(points: RatingPoint[], now = new Date()) {
  if (points.length === 0) return null
  const from = points[0].at.getTime()
  const length = Math.max(now.getTime() - from, 1)
  const x = (at: Date) => round(EDGE + ((at.getTime() - from) / length) * (WIDTH - 2 * EDGE))
  const steps = points.map((point, index) => ({
    ...point,
    x1: x(point.at),
    x2: index + 1 < points.length ? x(points[index + 1].at) : WIDTH - EDGE,
  }))
  const last = steps.at(-1)!
  return {
    width: WIDTH,
    height: HEIGHT,
    computed: line(steps.map(({ x1, x2, computed }) => ({ x1, x2, y: LEVELS[computed] }))),
    declared: line(steps.map(({ x1, x2, rating }) => ({ x1, x2, y: LEVELS[rating] }))),
    end: LEVELS[last.rating] ? { x: last.x2, y: LEVELS[last.rating], rating: last.rating } : null,
    summary: points
      .map(({ at, rating }) => `${ratings[rating].toLowerCase()} from ${day(at)}`)
      .join(', '),
  }
}

type Step = { x1: number; x2: number; y: number | undefined }

/** A stepped line, broken where nothing was rated. */
function line(steps: Step[]) {
  return steps
    .map(({ x1, x2, y }, index) => {
      if (y === undefined) return ''
      const isJoined = index > 0 && steps[index - 1].y !== undefined
      return isJoined ? `V${y}H${x2}` : `M${x1} ${y}H${x2}`
    })
    .join('')
}

function round(value: number) {
  return Math.round(value * 10) / 10
}
