import { createHash } from 'node:crypto'
import type { VerifyKeys } from '#audit/keys'
import { leafHash } from '#audit/merkle'
import { Redactions } from '#audit/redactions'
import { Removals } from '#audit/removals'
import { Report } from '#audit/report'
import type { ChainRow, EventRow, LeafRow, SealRow } from '#audit/rows'
import { SealChecks } from '#audit/seal_checks'

const LAG_ALLOWED_SECONDS = 300

export type VerifierOptions = {
  /** Null leaves the signatures unchecked. */
  keys: VerifyKeys | null
  now: Date
  lagAllowedSeconds?: number
  /** Seal hashes by number, noted earlier outside the database. */
  anchors?: Map<string, string>
  /** The rows carry no values: check hashes, seals and signatures only. */
  valuesWithheld?: boolean
  /** The rows come from a file, where anyone could have written what no seal covers. */
  believesOnlySeals?: boolean
}

/**
 * Checks one organisation's chain, row by row: each seal, then the events beneath it, and last the events not yet
 * sealed. Needs only the rows and the public keys, and holds one seal's tree peaks and the redactions in memory.
 */
export class Verifier {
  readonly report: Report
  #options: VerifierOptions
  #redactions = new Redactions()
  #removals = new Removals()
  #seals: SealChecks
  #position: [number, number] = [-Infinity, -Infinity]
  #oldestUnsealed: string | null = null

  constructor(organisation: string, options: VerifierOptions) {
    this.report = new Report(organisation)
    this.#options = options
    this.#seals = new SealChecks(this.report, options.keys, options.anchors)
  }

  /** Checks the next row. */
  next(row: ChainRow) {
    if (row.kind === 'seal') this.#nextSeal(row)
    else if (row.kind === 'orphan') this.report.add('event_missing', row.id)
    else this.#leaf(row)
  }

  /** Ends the chain and gives the findings. */
  finish(): Report {
    this.#seals.close()
    this.#checkRedactions()
    for (const { code, removal } of this.#removals.findings()) this.report.add(code, removal)
    for (const number of this.#seals.missed()) this.report.add('anchor_mismatch', `seal ${number}`)
    this.#measureLag()
    return this.report
  }

  #nextSeal(seal: SealRow) {
    this.#seals.close()
    this.#rejectSkipped(seal)
    this.#seals.begin(seal)
  }

  /** Events met before their seal were not waiting for one: the chain goes on without them. */
  #rejectSkipped({ number }: SealRow) {
    if (this.report.unsealed === 0) return
    this.report.add('event_outside_seal', `${this.report.unsealed} events before seal ${number}`)
    this.report.unsealed = 0
    this.#oldestUnsealed = null
  }

  #leaf(row: EventRow | LeafRow) {
    this.#checkOrder(row)
    const txid = Number(row.txid)
    const seal = this.#seals.open
    const isSealed = seal !== null && txid <= Number(seal.to)
    if (txid <= Number(seal?.from ?? 0)) {
      this.report.add('event_outside_seal', `transaction ${row.txid} seq ${row.seq}`)
    } else if (isSealed) {
      this.#seals.add(Buffer.from(row.hash, 'hex'))
      if (row.kind === 'event' && row.at > seal.sealedAt) {
        this.report.add('event_postdates_seal', row.id)
      }
    } else {
      this.report.unsealed += 1
      if (row.kind === 'event') this.#oldestUnsealed ??= row.at
    }
    if (row.kind === 'event') this.#checkEvent(row, isSealed)
    else if (row.removal) this.#seeRemoved(row)
    else this.report.leaves += 1
  }

  #seeRemoved({ removal, event, hash }: LeafRow) {
    this.#removals.see(removal!, Buffer.from(hash, 'hex'))
    this.#redactions.forget(event!)
    this.report.removed = this.#removals.seen
  }

  #checkOrder({ txid, seq }: EventRow | LeafRow) {
    const [lastTxid, lastSeq] = this.#position
    const position: [number, number] = [Number(txid), Number(seq)]
    const follows = position[0] > lastTxid || (position[0] === lastTxid && position[1] > lastSeq)
    if (!follows) this.report.add('order', `transaction ${txid} seq ${seq}`)
    this.#position = position
  }

  #checkEvent(event: EventRow, isSealed: boolean) {
    this.report.events += 1
    if (leafHash(Buffer.from(event.header, 'utf8')).toString('hex') !== event.hash) {
      this.report.add('event_hash', event.id)
    }
    const header = parseHeader(event.header)
    const mismatch = mismatches(event, header)
    if (mismatch.length > 0) this.report.add('header_mismatch', `${event.id} ${mismatch.join(' ')}`)
    this.#checkValues(event, header.commitments ?? {})
    this.#hear(event.id, header, isSealed || !this.#options.believesOnlySeals)
  }

  /** What the trail says about itself: values that were blanked, and events that were removed. */
  #hear(id: string, { action, facts }: Record<string, any>, isBelieved: boolean) {
    if (action === 'audit.redacted') this.#redactions.name(facts?.redacted ?? {}, isBelieved)
    if (action === 'audit.removed' && facts?.project) this.#removals.tell(id, facts, isBelieved)
  }

  #checkValues(event: EventRow, commitments: Record<string, string>) {
    const missing = new Set(Object.keys(commitments))
    for (const value of event.values) {
      const name = `${event.id} ${value.path}`
      this.report.values += 1
      if (!missing.delete(value.path)) this.report.add('value_unpromised', name)
      else if (value.redactedAt !== null) this.#redactions.see(name)
      else if (commitment(value) !== commitments[value.path])
        this.report.add('value_mismatch', name)
    }
    this.report.redacted = this.#redactions.seen
    if (this.#options.valuesWithheld) return
    for (const path of missing) this.report.add('value_missing', `${event.id} ${path}`)
  }

  /** A partial chain hides whether a value is blank in an event known only by its hash. */
  #checkRedactions() {
    if (this.#options.valuesWithheld) return
    for (const { code, value } of this.#redactions.findings()) {
      if (code !== 'redaction_undone' || this.report.leaves === 0) this.report.add(code, value)
    }
  }

  #measureLag() {
    if (this.#oldestUnsealed === null) return
    const { now, lagAllowedSeconds = LAG_ALLOWED_SECONDS } = this.#options
    this.report.lagSeconds = Math.round((now.getTime() - Date.parse(this.#oldestUnsealed)) / 1000)
    if (this.report.lagSeconds > lagAllowedSeconds) {
      this.report.add(
        'sealing_lag',
        `${this.report.unsealed} events, oldest ${this.#oldestUnsealed}`
      )
    }
  }
}

function parseHeader(text: string): Record<string, any> {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

function mismatches(event: EventRow, header: Record<string, any>): string[] {
  const shown: Record<string, unknown> = {
    v: 1,
    organisation: event.organisation,
    id: event.id,
    txid: Number(event.txid),
    at: event.at,
    project: event.project,
    actor_kind: event.actorKind,
    actor: event.actor,
    action: event.action,
    entity_type: event.entityType,
    entity: event.entity,
    request: event.request,
  }
  const names = Object.keys(shown).filter((name) => header[name] !== shown[name])
  const facts = JSON.stringify(parseHeader(event.facts))
  return facts === JSON.stringify(header.facts) ? names : [...names, 'facts']
}

function commitment({
  salt,
  subject,
  value,
}: {
  salt: string | null
  subject: string | null
  value: string | null
}) {
  return createHash('sha256')
    .update(Buffer.from(salt ?? '', 'hex'))
    .update(`${subject ?? ''}\n${value}`)
    .digest('hex')
}
