/** One kept value; `salt` is hex, `value` the exact JSON text that was promised. */
export type ValueRow = {
  path: string
  subject: string | null
  salt: string | null
  value: string | null
  redactedAt: string | null
}

/** One event: its columns, the header that was hashed, and its values. */
export type EventRow = {
  kind: 'event'
  seq: string
  txid: string
  organisation: string
  id: string
  at: string
  project: string | null
  actorKind: string
  actor: string | null
  action: string
  entityType: string
  entity: string
  request: string | null
  facts: string
  header: string
  hash: string
  values: ValueRow[]
}

/** An event known only by its hash: a partial bundle hides it, or its project was destroyed. */
export type LeafRow = {
  kind: 'leaf'
  seq: string
  txid: string
  hash: string
  /** For a removed event: its id, and that of the tombstone recording it. */
  event?: string
  removal?: string
}

/** One seal over the events of transactions (from, to]. */
export type SealRow = {
  kind: 'seal'
  organisation: string
  number: string
  from: string
  to: string
  count: string
  total: string
  root: string
  previous: string | null
  sealedAt: string
  hash: string
  signatures: { keyId: string; signature: string }[]
}

/** Values whose event is gone. */
export type OrphanRow = { kind: 'orphan'; id: string }

export type ChainRow = SealRow | EventRow | LeafRow | OrphanRow

/** The text that is hashed and signed for a seal; audit.statement() in the database is its twin. */
export function statement(seal: SealRow): string {
  return [
    'orchestrate audit seal 1',
    seal.organisation,
    seal.number,
    seal.from,
    seal.to,
    seal.count,
    seal.total,
    seal.root,
    seal.previous ?? '-',
    seal.sealedAt,
  ].join('\n')
}
