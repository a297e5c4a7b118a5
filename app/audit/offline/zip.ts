/// <reference lib="dom" />

const END = 0x06054b50
const ENTRY = 0x02014b50
const END_LENGTH = 22
const ENTRY_LENGTH = 46
const HEADER_LENGTH = 30
const LONGEST_COMMENT = 0xffff
/** In place of a number that is too long for its field: the long form has it elsewhere, in 64 bits. */
const ELSEWHERE = 0xffffffff
const LOCATOR_LENGTH = 20
const LONG_END_LENGTH = 56
const LONG_NUMBERS = 1
const STORED = 0
const DEFLATED = 8

const NO_ZIP = 'This is no whole ZIP'

type Entry = { path: string; method: number; length: number; header: number }

/** Reads the files of a ZIP one by one; the archive itself stays on disk. */
export async function filesOfZip(zip: Blob): Promise<Map<string, () => Promise<ReadableStream>>> {
  const entries = await entriesOf(zip)
  const files = new Map(entries.map((entry) => [entry.path, () => contentOf(zip, entry)]))
  if (files.size < entries.length) throw new Error('The ZIP holds a file twice')
  return files
}

async function entriesOf(zip: Blob): Promise<Entry[]> {
  const directory = await directoryOf(zip)
  const entries: Entry[] = []
  for (let at = 0; at < directory.byteLength;) {
    if (directory.getUint32(at, true) !== ENTRY) throw new Error(NO_ZIP)
    const [name, extra, comment] = [28, 30, 32].map((offset) =>
      directory.getUint16(at + offset, true)
    )
    const long = longNumbers(directory, at + ENTRY_LENGTH + name, extra)
    const [, length, header] = [24, 20, 42].map((offset) => {
      const number = directory.getUint32(at + offset, true)
      return number === ELSEWHERE ? (long.shift() ?? number) : number
    })
    entries.push({
      path: textOf(directory, at + ENTRY_LENGTH, name),
      method: directory.getUint16(at + 10, true),
      length,
      header,
    })
    at += ENTRY_LENGTH + name + extra + comment
  }
  return entries.filter(({ path }) => !path.endsWith('/'))
}

async function directoryOf(zip: Blob) {
  const last = END_LENGTH + LONGEST_COMMENT + LOCATOR_LENGTH
  const tail = await viewOf(zip.slice(Math.max(0, zip.size - last)))
  let end = tail.byteLength - END_LENGTH
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1
  if (end < 0) throw new Error(NO_ZIP)
  const [length, from] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)]
  if (length !== ELSEWHERE && from !== ELSEWHERE) return viewOf(zip.slice(from, from + length))
  return longDirectoryOf(zip, Number(tail.getBigUint64(end - LOCATOR_LENGTH + 8, true)))
}

async function longDirectoryOf(zip: Blob, at: number) {
  const end = await viewOf(zip.slice(at, at + LONG_END_LENGTH))
  const [length, from] = [40, 48].map((offset) => Number(end.getBigUint64(offset, true)))
  return viewOf(zip.slice(from, from + length))
}

/** The numbers of an entry that its own fields are too short for, in the order of these. */
function longNumbers(view: DataView, from: number, length: number) {
  for (let at = from; at < from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== LONG_NUMBERS) continue
    const count = view.getUint16(at + 2, true) / 8
    return Array.from({ length: count }, (_, index) =>
      Number(view.getBigUint64(at + 4 + 8 * index, true))
    )
  }
  return []
}

async function contentOf(zip: Blob, { path, method, length, header }: Entry) {
  const head = await viewOf(zip.slice(header, header + HEADER_LENGTH))
  const from = header + HEADER_LENGTH + head.getUint16(26, true) + head.getUint16(28, true)
  const bytes = zip.slice(from, from + length).stream()
  if (method === STORED) return bytes
  if (method !== DEFLATED) throw new Error(`${path} is packed in a way that is not known here`)
  return bytes.pipeThrough(new DecompressionStream('deflate-raw'))
}

async function viewOf(blob: Blob) {
  return new DataView(await blob.arrayBuffer())
}

function textOf(view: DataView, at: number, length: number) {
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, length))
}
