import { MerkleTree } from '#audit/merkle'

/** What a tombstone says about the events it removed. */
type Told = { events: number; root: string }

/** A removal is named by the id of its tombstone. */
type Finding = {
  code: 'unlawful_removal' | 'removal_unsealed' | 'removal_undone'
  removal: string
}

/**
 * Matches the leaves left by removed events with the tombstones that record them: as many, in the same order, with the
 * same hashes. Either may come first.
 */
export class Removals {
  seen = 0
  #left = new Map<string, MerkleTree>()
  #told = new Map<string, Told>()
  #claimed = new Set<string>()

  /** The leaf of a removed event was met. */
  see(removal: string, hash: Buffer) {
    this.seen += 1
    const tree = this.#left.get(removal) ?? new MerkleTree()
    tree.add(hash)
    this.#left.set(removal, tree)
  }

  /** A tombstone was met. An untrusted one only claims the removal. */
  tell(removal: string, told: Told, isBelieved = true) {
    if (isBelieved) this.#told.set(removal, told)
    else this.#claimed.add(removal)
  }

  /** What has no counterpart. */
  findings(): Finding[] {
    const found: Finding[] = []
    for (const [removal, tree] of this.#left) {
      if (isTold(tree, this.#told.get(removal))) continue
      const code = this.#claimed.has(removal) ? 'removal_unsealed' : 'unlawful_removal'
      found.push({ code, removal })
    }
    for (const [removal, { events }] of this.#told) {
      const isThere = events === 0 || this.#left.has(removal)
      if (!isThere) found.push({ code: 'removal_undone', removal })
    }
    return found
  }
}

function isTold(tree: MerkleTree, told: Told | undefined) {
  return (
    told !== undefined && told.events === tree.size && told.root === tree.root().toString('hex')
  )
}
