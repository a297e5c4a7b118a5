import { createHash } from 'node:crypto'
import { verifySignature, type VerifyKeys } from '#audit/keys'
import { MerkleTree } from '#audit/merkle'
import type { Report } from '#audit/report'
import { statement, type SealRow } from '#audit/rows'

/** How far a clock may be put right. */
const CORRECTION_ALLOWED_SECONDS = 60

/** Checks a chain of seals: each against the previous one, its own statement, and the events beneath it. */
export class SealChecks {
  #report: Report
  #keys: VerifyKeys | null
  #anchors: Map<string, string>
  #seal: SealRow | null = null
  #tree = new MerkleTree()
  #total = 0

  constructor(report: Report, keys: VerifyKeys | null, anchors?: Map<string, string>) {
    this.#report = report
    this.#keys = keys
    this.#anchors = new Map(anchors)
  }

  /** The seal whose events come next; null before the first. */
  get open() {
    return this.#seal
  }

  /** Goes on with the next seal; the one before must have been closed. */
  begin(seal: SealRow) {
    this.#checkLink(seal)
    this.#checkTime(seal)
    this.#checkStatement(seal)
    this.#checkAnchor(seal)
    this.#seal = seal
    this.#tree = new MerkleTree()
    this.#report.seals += 1
    this.#report.lastSeal = { number: seal.number, hash: seal.hash, sealedAt: seal.sealedAt }
  }

  /** Takes the hash of an event beneath the seal. */
  add(hash: Buffer) {
    this.#tree.add(hash)
  }

  #checkLink(seal: SealRow) {
    const last = this.#seal
    const continues =
      seal.organisation === this.#report.organisation &&
      Number(seal.number) === Number(last?.number ?? 0) + 1 &&
      seal.from === (last?.to ?? '0') &&
      Number(seal.to) > Number(seal.from) &&
      seal.previous === (last?.hash ?? null)
    if (!continues) this.#report.add('seal_link', `seal ${seal.number}`)
  }

  /** Setting a clock back makes what happens now look as if it had happened then. */
  #checkTime({ number, sealedAt }: SealRow) {
    const last = this.#seal
    if (!last) return
    const back = (Date.parse(last.sealedAt) - Date.parse(sealedAt)) / 1000
    if (back > CORRECTION_ALLOWED_SECONDS) this.#report.add('seal_backdated', `seal ${number}`)
  }

  #checkStatement(seal: SealRow) {
    const text = statement(seal)
    const hash = createHash('sha256').update(text).digest('hex')
    if (hash !== seal.hash) this.#report.add('seal_hash', `seal ${seal.number}`)
    this.#checkSignatures(seal, text)
  }

  #checkSignatures({ number, signatures }: SealRow, text: string) {
    const keys = this.#keys
    if (!keys) return
    const known = signatures.filter(({ keyId }) => keys.has(keyId))
    if (signatures.length === 0) this.#report.add('signature_missing', `seal ${number}`)
    else if (known.length === 0) this.#report.add('signature_unknown_key', `seal ${number}`)
    for (const { keyId, signature } of known) {
      const valid = verifySignature(keys.get(keyId)!, text, signature)
      if (!valid) this.#report.add('signature_bad', `seal ${number} key ${keyId}`)
    }
  }

  #checkAnchor({ number, hash }: SealRow) {
    if (this.#anchors.get(number) === hash) this.#anchors.delete(number)
  }

  /** Checks the events beneath the seal against what it says about them. */
  close() {
    const seal = this.#seal
    if (!seal) return
    this.#total += this.#tree.size
    const { size } = this.#tree
    if (size !== Number(seal.count)) {
      this.#report.add('seal_count', `seal ${seal.number} says ${seal.count} events, found ${size}`)
    } else if (this.#total !== Number(seal.total)) {
      this.#report.add(
        'seal_count',
        `seal ${seal.number} says ${seal.total} in all, found ${this.#total}`
      )
    }
    if (this.#tree.root().toString('hex') !== seal.root) {
      this.#report.add('seal_root', `seal ${seal.number}`)
    }
    this.#total = Number(seal.total)
  }

  /** The numbers of seals noted elsewhere that did not come as noted. */
  missed() {
    return this.#anchors.keys()
  }
}
