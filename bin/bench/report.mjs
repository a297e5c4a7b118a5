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
  const compressed = ratio([list, 'S'], ['floor: pg by hand, compressed', '-'])
  const plain = ratio([`${list}, not compressed`, 'S'], ['floor: pg by hand', '-'])
  const growth = find(list, 'L', 1).p50 / find(list, 'S', 1).p50
  return [
    verdict('list of 25 rows against pg by hand', plain.toFixed(2), 'at least 0.35', plain >= 0.35),
    verdict(
      'the same, both compressed',
      compressed.toFixed(2),
      'at least 0.35',
      compressed >= 0.35
    ),
    verdict('latency at L against S', growth.toFixed(2), 'at most 1.2', growth <= 1.2),
    verdict('first load of the list, bytes', firstLoad, 'at most 60000', firstLoad <= 60_000),
  ]
}

function verdict(what, measured, target, met) {
  return { what, measured: Number(measured), target, met }
}
