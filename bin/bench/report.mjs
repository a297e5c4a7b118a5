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
export function verdicts({ results, firstLoad }) {
  const find = (name, size, connections = 16) =>
    results.find(
      (result) => result.name === name && result.size === size && result.connections === connections
    )
  const list = 'RAID list, 25 rows'
  const ratio = (a, b) => find(...a).rate / find(...b).rate
  const plain = ratio([`${list}, not compressed`, 'S'], ['floor: pg by hand', '-'])
  const compressed = ratio([list, 'S'], ['floor: pg by hand, compressed', '-'])
  const create = find('create item', 'S', 1).p50 / find('floor: create by hand', '-', 1).p50
  const growth = find(list, 'L', 1).p50 / find(list, 'S', 1).p50
  const portfolio = find('portfolio, 200 of all projects', 'L', 1).p50
  return [
    atLeast('list of 25 rows against pg by hand', plain, 0.5),
    atLeast('the same, both compressed', compressed, 0.5),
    atMost('creating an item, time against a plain transaction', create, 2),
    atMost('latency at L against S', growth, 1.1),
    atMost('portfolio of 200 projects at L, ms', portfolio, 300),
    atMost('first load of the list, bytes', firstLoad, 60_000),
  ]
}

function atLeast(what, measured, limit) {
  return verdict(what, measured, `at least ${limit}`, measured >= limit)
}

function atMost(what, measured, limit) {
  return verdict(what, measured, `at most ${limit}`, measured <= limit)
}

function verdict(what, measured, target, met) {
  return { what, measured: Math.round(measured * 100) / 100, target, met }
}
