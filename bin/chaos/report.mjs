const KINDS = [
  'item',
  'revision',
  'comment',
  'task',
  'invitation',
  'submission',
  'vote',
  'decision',
  'preparation',
  'file',
  'discard',
  'attachment',
  'detachment',
  'upload',
  'import',
]

/** The outcome as a table for people. */
export function printed(outcome) {
  const { seed, rounds, seconds, rest, kills, checks, mails, sendings, packs, ledger } = outcome
  const lines = [
    '',
    `${new Date().toISOString().slice(0, 10)}: ${rounds} rounds in ${seconds} s (seed ${seed}), at rest ${rest} s after the last write`,
    `Killed: ${Object.entries(kills)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    `Answers: ${[...ledger.answers]
      .sort()
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    `Mails: ${mails} delivered, in ${sendings} calls`,
    `Packs: ${packs} of decided gates verified with the verifier that they bring along`,
    '',
    row('', 'asked', 'acknowledged', 'refused', 'cut'),
    ...KINDS.map((kind) => row(kind, ...counts(ledger.of(kind)))),
    '',
    ...checks.map(
      ({ name, wrong }) =>
        `${wrong === 0 ? 'none ' : 'FOUND'}  ${String(wrong).padStart(5)}  ${name}`
    ),
  ]
  const told = checks.filter(({ wrong }) => wrong > 0)
  const samples = told.flatMap(({ name, samples: some }) => [
    '',
    `${name}:`,
    ...some.map((one) => `  ${one}`),
  ])
  const verdict =
    told.length === 0 ? 'Nothing was lost, done twice or left behind.' : 'NOT as promised.'
  return [...lines, ...samples, '', verdict].join('\n')
}

function counts(writes) {
  const of = (outcome) => writes.filter((write) => write.outcome === outcome).length
  return [writes.length, of('acknowledged'), of('refused'), of('cut')]
}

function row(name, ...cells) {
  return name.padEnd(12) + cells.map((cell) => String(cell).padStart(14)).join('')
}
