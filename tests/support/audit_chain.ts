import { createHash, randomUUID } from 'node:crypto'
import { SigningKey, verifyKeys } from '#audit/keys'
import { leafHash, MerkleTree } from '#audit/merkle'
import { statement, type ChainRow, type EventRow, type SealRow, type ValueRow } from '#audit/rows'
import { Verifier, type VerifierOptions } from '#audit/verifier'

const key = new SigningKey(Buffer.alloc(32, 7).toString('base64'))
const AT = '2026-11-23T12:00:00.000000Z'
const SALT = '00'.repeat(32)

/** An audit chain made without a database, correct unless told otherwise. */
export class AuditChain {
  readonly organisation = randomUUID()
  readonly rows: ChainRow[] = []
  #waiting: EventRow[] = []
  #last: SealRow | null = null
  #seq = 0
  #total = 0

  /** An event of transaction `txid`, waiting for its seal. */
  event(txid: number, overrides: { action?: string; facts?: object; redacted?: boolean } = {}) {
    const { action = 'raid_item.updated', facts = {}, redacted = false } = overrides
    const value = '{"after": "Pump"}'
    const header = {
      v: 1,
      organisation: this.organisation,
      id: randomUUID(),
      txid,
      at: AT,
      project: null,
      actor_kind: 'system',
      actor: null,
      action,
      entity_type: 'raid_item',
      entity: randomUUID(),
      request: null,
      facts,
      commitments: action.startsWith('audit.') ? {} : { title: commitment(value) },
    }
    const text = JSON.stringify(header)
    const { actor_kind: actorKind, entity_type: entityType, commitments, v, ...same } = header
    const event: EventRow = {
      ...same,
      kind: 'event',
      seq: String(++this.#seq),
      txid: String(txid),
      actorKind,
      entityType,
      facts: JSON.stringify(facts),
      header: text,
      hash: leafHash(Buffer.from(text)).toString('hex'),
      values: Object.keys(commitments).map((path) => kept(path, redacted ? null : value)),
    }
    this.#waiting.push(event)
    return event
  }

  /** Seals what waits, signed; `claims` replace the truth in the seal. */
  seal(claims: Partial<SealRow> = {}) {
    const tree = new MerkleTree()
    for (const { hash } of this.#waiting) tree.add(Buffer.from(hash, 'hex'))
    this.#total += tree.size
    const seal: SealRow = {
      kind: 'seal',
      organisation: this.organisation,
      number: String(Number(this.#last?.number ?? 0) + 1),
      from: this.#last?.to ?? '0',
      to: this.#waiting.at(-1)!.txid,
      count: String(tree.size),
      total: String(this.#total),
      root: tree.root().toString('hex'),
      previous: this.#last?.hash ?? null,
      sealedAt: AT,
      hash: '',
      signatures: [],
      ...claims,
    }
    const text = statement(seal)
    seal.hash = createHash('sha256').update(text).digest('hex')
    seal.signatures = [{ keyId: key.id, signature: key.sign(text).toString('base64') }]
    this.rows.push(seal, ...this.#waiting)
    this.#waiting = []
    this.#last = seal
    return seal
  }

  /** The distinct problems that the verifier finds, sorted. */
  problems(rows = [...this.rows, ...this.#waiting], options: Partial<VerifierOptions> = {}) {
    const verifier = new Verifier(this.organisation, {
      keys: verifyKeys(key.publicKey),
      now: new Date(AT),
      ...options,
    })
    for (const row of rows) verifier.next(row)
    return [...new Set(verifier.finish().problems.map(({ code }) => code))].sort()
  }
}

function kept(path: string, value: string | null): ValueRow {
  const redactedAt = value === null ? AT : null
  return { path, subject: null, salt: value && SALT, value, redactedAt }
}

function commitment(value: string) {
  return createHash('sha256').update(Buffer.from(SALT, 'hex')).update(`\n${value}`).digest('hex')
}
