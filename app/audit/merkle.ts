import { createHash } from 'node:crypto'

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

/** RFC 6962's leaf hash. */
export function leafHash(data: Buffer): Buffer {
  return createHash('sha256').update(LEAF).update(data).digest()
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest()
}

/** RFC 6962's tree head over leaves given one by one; keeps one hash per level. */
export class MerkleTree {
  size = 0
  #peaks: { size: number; hash: Buffer }[] = []

  /** Adds the hash of one more leaf. */
  add(hash: Buffer) {
    let peak = { size: 1, hash }
    while (this.#peaks.at(-1)?.size === peak.size) {
      const left = this.#peaks.pop()!
      peak = { size: left.size * 2, hash: nodeHash(left.hash, peak.hash) }
    }
    this.#peaks.push(peak)
    this.size += 1
  }

  /** The head over every leaf so far. */
  root(): Buffer {
    if (this.size === 0) return createHash('sha256').digest()
    return this.#peaks.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right))
  }
}
