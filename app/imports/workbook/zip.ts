import { inflateRawSync } from 'node:zlib'
import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'

type Entry = { offset: number; packed: number; size: number; method: number; encrypted: boolean }

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50

/** Reads single entries of a zip held in memory; the inflate itself stops at the caps. */
export class Zip {
  readonly #bytes: Buffer
  readonly #entries = new Map<string, Entry>()
  #unpacked = 0
  #declared = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#readDirectory()
  }

  /** How many bytes all entries hold, as the archive says: reading one that holds more fails. */
  get declared(): number {
    return this.#declared
  }

  get names(): string[] {
    return [...this.#entries.keys()]
  }

  get encrypted(): boolean {
    return [...this.#entries.values()].some((entry) => entry.encrypted)
  }

  /** The unpacked entry, or null when the archive has none of that name. */
  read(name: string): Buffer | null {
    const entry = this.#entries.get(name.toLowerCase())
    if (!entry) return null
    const packed = this.#packedBytes(entry)
    if (entry.method === 0) return this.#count(packed)
    if (entry.method !== 8) throw new ImportError('damaged')
    return this.#count(this.#inflate(packed, entry.size))
  }

  #readDirectory() {
    const end = this.#findEnd()
    const count = this.#bytes.readUInt16LE(end + 10)
    let at = this.#bytes.readUInt32LE(end + 16)
    if (count > LIMITS.entries) throw new ImportError('bomb')
    for (let index = 0; index < count; index++) {
      const { entry, name, next } = this.#readHeader(at)
      this.#declared += entry.size
      this.#entries.set(name, entry)
      at = next
    }
    if (this.#declared > LIMITS.declaredBytes) throw new ImportError('bomb')
    this.#refuseOverlaps()
  }

  #findEnd(): number {
    const lowest = Math.max(0, this.#bytes.length - 22 - 0xffff)
    for (let at = this.#bytes.length - 22; at >= lowest; at--) {
      if (this.#bytes.readUInt32LE(at) === END) return at
    }
    throw new ImportError('damaged')
  }

  #readHeader(at: number) {
    const bytes = this.#bytes
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) {
      throw new ImportError('damaged')
    }
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    const next = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    const name = bytes.toString('utf8', at + 46, nameEnd).replaceAll('\\', '/')
    const entry = {
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    }
    return { entry, next, name: name.replace(/^\//, '').toLowerCase() }
  }

  #refuseOverlaps() {
    const spans = [...this.#entries.values()].sort((a, b) => a.offset - b.offset)
    let reached = 0
    for (const { offset, packed } of spans) {
      if (offset < reached) throw new ImportError('bomb')
      reached = offset + 30 + packed
    }
  }

  #packedBytes({ offset, packed }: Entry): Buffer {
    const bytes = this.#bytes
    if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL) {
      throw new ImportError('damaged')
    }
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
    if (start + packed > bytes.length) throw new ImportError('damaged')
    return bytes.subarray(start, start + packed)
  }

  #inflate(packed: Buffer, size: number): Buffer {
    const byRatio = Math.max(LIMITS.ratioFreeBytes, packed.length * LIMITS.ratio)
    const left = LIMITS.totalBytes - this.#unpacked
    try {
      const maxOutputLength = Math.max(1, Math.min(byRatio, left, size, LIMITS.entryBytes))
      return inflateRawSync(packed, { maxOutputLength })
    } catch (error) {
      const isFull = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      throw new ImportError(isFull ? 'bomb' : 'damaged', { cause: error })
    }
  }

  #count(content: Buffer): Buffer {
    this.#unpacked += content.length
    if (this.#unpacked > LIMITS.totalBytes) throw new ImportError('bomb')
    return content
  }
}
