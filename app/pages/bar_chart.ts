/** One bar: its place along the axis, its height, and its meaning. */
type Bar = { label: string; value: number; told: string }

const WIDTH = 720
const HEIGHT = 150
const LEFT = 64
const BOTTOM = 22
const TOP = 10
const GAP = 3

/** A bar chart with the value of the highest bar; a table beside it says the same. */
export function barChart(bars: Bar[], summary: string, told: (value: number) => string) {
  const most = Math.max(...bars.map(({ value }) => value), 0)
  const step = (WIDTH - LEFT) / bars.length
  const room = HEIGHT - TOP - BOTTOM
  return {
    width: WIDTH,
    height: HEIGHT,
    summary,
    axis: { x1: LEFT, x2: WIDTH, y: HEIGHT - BOTTOM, top: TOP, most: told(most) },
    bars: bars.map(({ label, value, told: title }, index) => {
      const height = most > 0 ? Math.max(value > 0 ? 2 : 0, round((value / most) * room)) : 0
      const x = round(LEFT + index * step)
      return {
        x,
        y: round(HEIGHT - BOTTOM - height),
        width: round(Math.max(1, step - GAP)),
        height,
        title,
        label: index % labelEvery(bars.length) === 0 ? label : '',
      }
    }),
  }
}

function labelEvery(count: number) {
  return count > 16 ? 5 : 1
}

function round(value: number) {
  return Math.round(value * 10) / 10
}
