import { median } from './measure.mjs'

/**
 * Measures pairs of requests alternately, a few of each at a time, and returns for each pair the median of its rounds
 * with both quartiles. Whatever else the machine does affects both alike, unlike when one is measured a minute after
 * the other.
 */
export async function inTurns(meter, pairs, { rounds, most }) {
  const compared = pairs.map((pair) => ({ ...pair, ratios: [] }))
  for (let round = 0; round < rounds; round++) {
    for (const { pair, told, ratios } of compared) {
      const order = round % 2 === 0 ? [0, 1] : [1, 0]
      const figures = []
      for (const place of order) {
        const run = await meter.run({ ...pair[place], most, seconds: 20 })
        figures[place] = told === 'rate' ? run.times.length / run.elapsed : median(run.times)
      }
      ratios.push(figures[0] / figures[1])
    }
  }
  return Object.fromEntries(compared.map(({ name, ratios }) => [name, spread(ratios)]))
}

/** The median of the rounds, and the range of their middle half. */
function spread(ratios) {
  const sorted = [...ratios].sort((a, b) => a - b)
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)]
  return { middle: at(0.5), low: at(0.25), high: at(0.75) }
}

/** What the targets compare: the first of each pair with the second. */
export function pairsOf(rows) {
  const find = (name, size, connections) =>
    rows.find(
      (row) => row.name === name && row.size === size && row.requests.length === connections
    )
  const list = 'RAID list, 25 rows'
  const plain = `${list}, not compressed`
  const pairs = [
    {
      name: 'plain',
      told: 'rate',
      pair: [find(plain, 'S', 16), find('floor: pg by hand', '-', 16)],
    },
    {
      name: 'compressed',
      told: 'rate',
      pair: [find(list, 'S', 16), find('floor: pg by hand, compressed', '-', 16)],
    },
    {
      name: 'create',
      told: 'time',
      pair: [find('create item', 'S', 1), find('floor: create by hand', '-', 1)],
    },
    { name: 'growth', told: 'time', pair: [find(list, 'L', 1), find(list, 'S', 1)] },
  ]
  return pairs.filter(({ pair }) => pair.every(Boolean))
}
