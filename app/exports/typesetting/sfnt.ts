import { inflateSync } from 'node:zlib'

const HEADER = 12
const ENTRY = 16
const WOFF_HEADER = 44
const WOFF_ENTRY = 20

/** The OpenType font in a WOFF file, whose tables are compressed one by one. */
export function unwrapFont(woff: Buffer): Buffer {
  const tables = tablesOf(woff)
  const font = Buffer.alloc(HEADER + ENTRY * tables.length)
  woff.copy(font, 0, 4, 8)
  font.writeUInt16BE(tables.length, 4)
  const bodies: Buffer[] = []
  let at = font.length
  for (const [index, { head, checksum, body }] of tables.entries()) {
    const entry = HEADER + ENTRY * index
    head.copy(font, entry)
    checksum.copy(font, entry + 4)
    font.writeUInt32BE(at, entry + 8)
    font.writeUInt32BE(body.length, entry + 12)
    const padded = Buffer.alloc(Math.ceil(body.length / 4) * 4)
    body.copy(padded)
    bodies.push(padded)
    at += padded.length
  }
  return Buffer.concat([font, ...bodies])
}

function tablesOf(woff: Buffer) {
  return Array.from({ length: woff.readUInt16BE(12) }, (_, index) => {
    const entry = WOFF_HEADER + WOFF_ENTRY * index
    const [offset, kept, size] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at))
    const bytes = woff.subarray(offset, offset + kept)
    return {
      head: woff.subarray(entry, entry + 4),
      checksum: woff.subarray(entry + 16, entry + 20),
      body: kept < size ? inflateSync(bytes) : bytes,
    }
  })
}
