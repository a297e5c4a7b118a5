import { createHash } from 'node:crypto'
import { leafHash, MerkleTree } from '#audit/merkle'
import { Redactions } from '#audit/redactions'
import { Removals } from '#audit/removals'
import { Report } from '#audit/report'
import { verifySignature, type VerifyKeys } from '#audit/keys'
import { statement, type ChainRow, type EventRow, type LeafRow, type SealRow } from '#audit/rows'

const LAG_ALLOWED_SECONDS = 300

/** By so much a clock may be put right. */
const CORRECTION_ALLOWED_SECONDS = 60

export type VerifierOptions = {
  /** Null leaves the signatures unchecked. */
  keys: VerifyKeys | null
  now: Date
  lagAllowedSeconds?: number
  /** Seal hashes by number, noted earlier outside the database. */
  anchors?: Map<string, string>
  /** The rows carry no values: check hashes, seals and signatures only. */
  valuesWithheld?: boolean
  /** The rows come from a file: what no seal covers in it, anybody could have written. */
  believesOnlySeals?: boolean
}

/**
 * Checks one organisation's chain, given row by row: each seal, then the events beneath it, at
 * last the events not sealed yet. Needs nothing but the rows and the public keys, and holds one
 * seal's tree peaks and the redactions in memory.
 */
export class Verifier {
  readonly report: Report
  #options: VerifierOptions
  #redactions = new Redactions()
  #removals = new Removals()
  #seal: SealRow | null = null
  #tree = new MerkleTree()
  #total = 0
  #position: [number, number] = [-Infinity, -Infinity]
  #oldestUnsealed: string | null = null
  #anchors: Map<string, string>

  constructor(organisation: string, options: VerifierOptions) {
    this.report = new Report(organisation)
    this.#options = options
    this.#anchors = new Map(options.anchors)
  }

  /** Checks the next row. */
  next(row: ChainRow) {
    if (row.kind === 'seal') this.#openSeal(row)
    else if (row.kind === 'orphan') this.report.add('event_missing', row.id)
    else this.#leaf(row)
  }

  /** Ends the chain and gives the findings. */
  finish(): Report {
    this.#closeSeal()
    this.#checkRedactions()
    for (const { code, removal } of this.#removals.findings()) this.report.add(code, removal)
    for (const number of this.#anchors.keys()) this.report.add('anchor_mismatch', `seal ${number}`)
    this.#measureLag()
    return this.report
  }

  #openSeal(seal: SealRow) {
    this.#closeSeal()
    this.#rejectSkipped(seal)
    this.#checkLink(seal)
    this.#checkTime(seal)
    this.#checkStatement(seal)
    this.#checkAnchor(seal)
    this.#seal = seal
    this.#tree = new MerkleTree()
    this.report.seals += 1
    this.report.lastSeal = { number: seal.number, hash: seal.hash, sealedAt: seal.sealedAt }
  }

  /** Events met before their seal were not waiting for one: the chain goes on without them. */
  #rejectSkipped({ number }: SealRow) {
    if (this.report.unsealed === 0) return
    this.report.add('event_outside_seal', `${this.report.unsealed} events before seal ${number}`)
    this.report.unsealed = 0
    this.#oldestUnsealed = null
  }

  #checkLink(seal: SealRow) {
    const last = this.#seal
    const continues =
      seal.organisation === this.report.organisation &&
      Number(seal.number) === Number(last?.number ?? 0) + 1 &&
      seal.from === (last?.to ?? '0') &&
      Number(seal.to) > Number(seal.from) &&
      seal.previous === (last?.hash ?? null)
    if (!continues) this.report.add('seal_link', `seal ${seal.number}`)
  }

  /** A clock that was set back lets what happens now look as if it had happened then. */
  #checkTime({ number, sealedAt }: SealRow) {
    const last = this.#seal
    if (!last) return
    const back = (Date.parse(last.sealedAt) - Date.parse(sealedAt)) / 1000
    if (back > CORRECTION_ALLOWED_SECONDS) this.report.add('seal_backdated', `seal ${number}`)
  }

  #checkStatement(seal: SealRow) {
    const text = statement(seal)
    const hash = createHash('sha256').update(text).digest('hex')
    if (hash !== seal.hash) this.report.add('seal_hash', `seal ${seal.number}`)
    this.#checkSignatures(seal, text)
  }

  #checkSignatures({ number, signatures }: SealRow, text: string) {
    const { keys } = this.#options
    if (!keys) return
    const known = signatures.filter(({ keyId }) => keys.has(keyId))
    if (signatures.length === 0) this.report.add('signature_missing', `seal ${number}`)
    else if (known.length === 0) this.report.add('signature_unknown_key', `seal ${number}`)
    for (const { keyId, signature } of known) {
      const valid = verifySignature(keys.get(keyId)!, text, signature)
      if (!valid) this.report.add('signature_bad', `seal ${number} key ${keyId}`)
    }
  }

  #checkAnchor({ number, hash }: SealRow) {
    if (this.#anchors.get(number) === hash) this.#anchors.delete(number)
  }

  #closeSeal() {
    const seal = this.#seal
    if (!seal) return
    this.#total += this.#tree.size
    const { size } = this.#tree
    if (size !== Number(seal.count)) {
      this.report.add('seal_count', `seal ${seal.number} says ${seal.count} events, found ${size}`)
    } else if (this.#total !== Number(seal.total)) {
      this.report.add(
        'seal_count',
        `seal ${seal.number} says ${seal.total} in all, found ${this.#total}`
      )
    }
    if (this.#tree.root().toString('hex') !== seal.root) {
      this.report.add('seal_root', `seal ${seal.number}`)
    }
    this.#total = Number(seal.total)
  }

  #leaf(row: EventRow | LeafRow) {
    this.#checkOrder(row)
    const txid = Number(row.txid)
    const seal = this.#seal
    const isSealed = seal !== null && txid <= Number(seal.to)
    if (txid <= Number(seal?.from ?? 0)) {
      this.report.add('event_outside_seal', `transaction ${row.txid} seq ${row.seq}`)
    } else if (isSealed) {
      this.#tree.add(Buffer.from(row.hash, 'hex'))
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

  /** What the trail tells of itself: values that were blanked, and events that were taken out. */
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

  /** A partial chain hides whether a value is blank in an event of which only the hash is given. */
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
