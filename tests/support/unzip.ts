import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY_LENGTH = 46
const HEADER_LENGTH = 30

/** The files of a ZIP by path, as its central directory tells them. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.length - 22
  if (zip.readUInt32LE(end) !== END) throw new Error('This is no whole ZIP')
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    const path = zip.toString('utf8', at + ENTRY_LENGTH, at + ENTRY_LENGTH + name)
    const header = zip.readUInt32LE(at + 42)
    const from =
      header + HEADER_LENGTH + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
    const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20))
    const isStored = zip.readUInt16LE(at + 10) === 0
    files.set(path, isStored ? Buffer.from(packed) : inflateRawSync(packed))
    at += ENTRY_LENGTH + name + extra + comment
  }
  return files
}

/** Writes files beneath a folder. */
export async function unpack(files: Map<string, Buffer>, folder: string) {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
}
