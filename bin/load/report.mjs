/** The outcome as tables for people. */
export function printed({
  ramp,
  most,
  rate,
  seconds,
  elapsed,
  answered,
  failed,
  wrong,
  all,
  kinds,
  restarts,
  memory,
  left,
}) {
  const failures = Object.entries(wrong).map(([name, count]) => `  ${count} times ${name}`)
  return [
    '',
    `Most: ${most.toFixed(1)} requests/s (${ramp.map((step) => `${step.atOnce} at once ${step.rate.toFixed(1)}`).join(', ')})`,
    `Held: ${rate.toFixed(1)} asked for, ${(answered / elapsed).toFixed(1)} answered a second, over ${seconds} s`,
    `Failed: ${failed} of ${answered + failed}`,
    ...failures,
    `Jobs and seals owed at the end: ${left}`,
    ...restarts.map(
      ({ name, code, seconds: took }) =>
        `Restarted ${name}: ended with ${code} after ${took.toFixed(1)} s`
    ),
    '',
    row('milliseconds', 'count', 'p50', 'p95', 'p99', 'most'),
    ...[...kinds].sort((a, b) => b.count - a.count).map((one) => times(one.kind, one)),
    times('all', all),
    '',
    row('megabytes', 'early', 'middle', 'late', 'most'),
    ...memory.map((one) =>
      row(one.name, ...[one.early, one.middle, one.late, one.most].map((value) => value.toFixed(0)))
    ),
    '',
  ].join('\n')
}

function times(name, { count, p50, p95, p99, most }) {
  return row(name, count, ...[p50, p95, p99, most].map((value) => value.toFixed(0)))
}

function row(name, ...cells) {
  return name.padEnd(22) + cells.map((cell) => String(cell).padStart(10)).join('')
}
