const COLUMNS = [
  ['req/s', ({ rate }) => rate.toFixed(rate < 100 ? 1 : 0)],
  ['p50 ms', ({ p50 }) => p50.toFixed(2)],
  ['p99 ms', ({ p99 }) => p99.toFixed(2)],
  ['bytes', ({ bytes }) => String(bytes)],
  ['CPU ms', ({ cpu }) => cpu.toFixed(2)],
  ['DB CPU ms', ({ databaseCpu }) => databaseCpu.toFixed(2)],
]

/** The table of all measurements, a row for each request, size and number of connections. */
export function table(results) {
  const head = ['', 'size', 'conn', ...COLUMNS.map(([label]) => label)]
  const rows = results.map((result) => [
    result.name,
    result.size,
    String(result.connections),
    ...COLUMNS.map(([, show]) => show(result)),
  ])
  const widths = head.map((_, index) =>
    Math.max(...[head, ...rows].map((row) => row[index].length))
  )
  return [head, ...rows]
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ')
    )
    .join('\n')
}

/** The targets, each with what was measured. */
export function verdicts({ results, turns, firstLoad }) {
  const portfolio = results.find(
    ({ name, size, connections }) =>
      name === 'portfolio, 200 of all projects' && size === 'L' && connections === 1
  )
  return [
    atLeast('list of 25 rows against pg by hand', turns.plain, 0.5),
    atLeast('the same, both compressed', turns.compressed, 0.5),
    atMost('creating an item, time against a plain transaction', turns.create, 2),
    atMost('latency at L against S', turns.growth, 1.1),
    atMost('portfolio of 200 projects at L, ms', { middle: portfolio.p50 }, 300),
    atMost('first load of the list, bytes', { middle: firstLoad }, 60_000),
  ]
}

function atLeast(what, figure, limit) {
  return verdict(what, figure, `at least ${limit}`, figure.middle >= limit)
}

function atMost(what, figure, limit) {
  return verdict(what, figure, `at most ${limit}`, figure.middle <= limit)
}

function verdict(what, { middle, low, high }, target, met) {
  const between = low === undefined ? undefined : [low, high].map(rounded)
  return { what, measured: rounded(middle), between, target, met }
}

function rounded(figure) {
  return Math.round(figure * 100) / 100
}
