/// <reference lib="dom" />
import { linesOf } from '#audit/lines'
import type { ExportedFiles } from '#audit/listed_files'
import { createHash } from '#audit/offline/crypto'
import { filesOfZip } from '#audit/offline/zip'

/** An export as the files that someone chose: its ZIP, the contents of the ZIP, or a trail alone. */
export class ChosenFiles implements ExportedFiles {
  #files: Map<string, () => Promise<ReadableStream>>
  #hashes = new Map<string, string>()

  static async of(chosen: File[]) {
    const [file, ...more] = chosen
    if (more.length === 0 && /\.zip$/i.test(file.name))
      return new ChosenFiles(await filesOfZip(file))
    if (more.length === 0 && isTrail(file)) return new ChosenFiles(alone(file))
    return new ChosenFiles(beneath(chosen))
  }

  private constructor(files: Map<string, () => Promise<ReadableStream>>) {
    this.#files = files
  }

  has(path: string) {
    return this.#files.has(path)
  }

  async paths() {
    return [...this.#files.keys()]
  }

  /** What a file says does not change while it is verified. */
  async hash(path: string) {
    if (!this.has(path)) return null
    const known = this.#hashes.get(path) ?? (await sha256Of(await this.#open(path)))
    this.#hashes.set(path, known)
    return known
  }

  async text(path: string) {
    return new Response(await this.#open(path)).text()
  }

  async *lines(path: string) {
    yield* linesOf(piecesOf((await this.#open(path)).pipeThrough(new TextDecoderStream())))
  }

  async #open(path: string) {
    const open = this.#files.get(path)
    if (!open) throw new Error(`${path} is missing: choose the whole ZIP, or its whole folder`)
    return open()
  }
}

/** The SHA-256 of bytes in hexadecimal, read piece by piece: a trail may be longer than a browser can hold. */
export async function sha256Of(stream: ReadableStream<Uint8Array>) {
  const hash = createHash()
  for await (const piece of piecesOf(stream)) hash.update(piece)
  return hash.digest('hex') as string
}

/** Not every browser lets a stream be looped over itself. */
async function* piecesOf<T>(stream: ReadableStream<T>) {
  const reader = stream.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
}

/** Whether it is a trail's file rather than a document being compared with a pack. */
export function isTrail({ name }: File) {
  return /\.ndjson(\.gz)?$/i.test(name)
}

function alone(file: File) {
  const open = async () =>
    /\.gz$/i.test(file.name)
      ? file.stream().pipeThrough(new DecompressionStream('gzip'))
      : (file.stream() as ReadableStream)
  return new Map([['audit.ndjson', open]])
}

/** Files by their paths beneath the folder that holds the list or the trail; browsers include the folder's name. */
function beneath(chosen: File[]) {
  const paths = chosen.map((file) => file.webkitRelativePath || file.name)
  const folder = folderOf('manifest.json', paths) ?? folderOf('audit.ndjson', paths) ?? ''
  return new Map(
    chosen.map((file, index) => [
      paths[index].startsWith(folder) ? paths[index].slice(folder.length) : paths[index],
      async () => file.stream() as ReadableStream,
    ])
  )
}

function folderOf(name: string, paths: string[]) {
  const found = paths.filter(
    (path) => `/${path}`.endsWith(`/${name}`) && !/(^|\/)pack\//.test(path)
  )
  const [first] = found.sort((one, other) => one.length - other.length)
  return first?.slice(0, -name.length)
}
