/// <reference lib="dom" />

const END = 0x06054b50
const ENTRY = 0x02014b50
const END_LENGTH = 22
const ENTRY_LENGTH = 46
const HEADER_LENGTH = 30
const LONGEST_COMMENT = 0xffff
const STORED = 0
const DEFLATED = 8

type Entry = { path: string; method: number; length: number; header: number }

/** Reads the files of a ZIP one by one; the archive itself stays on disk. */
export async function filesOfZip(zip: Blob): Promise<Map<string, () => Promise<ReadableStream>>> {
  const entries = await entriesOf(zip)
  const files = new Map(entries.map((entry) => [entry.path, () => contentOf(zip, entry)]))
  if (files.size < entries.length) throw new Error('The ZIP holds a file twice')
  return files
}

async function entriesOf(zip: Blob): Promise<Entry[]> {
  const tail = await viewOf(zip.slice(Math.max(0, zip.size - END_LENGTH - LONGEST_COMMENT)))
  let end = tail.byteLength - END_LENGTH
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1
  if (end < 0) throw new Error('This is no whole ZIP')
  const [length, from] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)]
  const directory = await viewOf(zip.slice(from, from + length))
  const entries: Entry[] = []
  for (let at = 0; at < directory.byteLength;) {
    if (directory.getUint32(at, true) !== ENTRY) throw new Error('This is no whole ZIP')
    const [name, extra, comment] = [28, 30, 32].map((offset) =>
      directory.getUint16(at + offset, true)
    )
    entries.push({
      path: textOf(directory, at + ENTRY_LENGTH, name),
      method: directory.getUint16(at + 10, true),
      length: directory.getUint32(at + 20, true),
      header: directory.getUint32(at + 42, true),
    })
    at += ENTRY_LENGTH + name + extra + comment
  }
  return entries.filter(({ path }) => !path.endsWith('/'))
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
