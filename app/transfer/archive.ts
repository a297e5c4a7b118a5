import { createHash } from 'node:crypto'
import { ImportError } from '#imports/index'
import { Zip } from '#imports/workbook/zip'
import { CODE } from '#models/text/refs'
import { LARGEST_ARCHIVE, sizeInWords } from '#models/text/sizes'
import { FILE_FOLDERS, type HomeName } from '#models/stored_file/homes'
import { ArchiveError } from '#transfer/archive_error'
import {
  dataPath,
  filePath,
  historyPath,
  KIND,
  READ_VERSIONS,
  type Manifest,
  type Name,
  type Row,
} from '#transfer/format'
import { HISTORY, PARTS } from '#transfer/parts'

/** The limits of one archive; each row is written with its event. */
const MOST_ROWS = 50_000
export const TOO_LARGE = `This archive is over the ${sizeInWords(LARGEST_ARCHIVE)} limit.`

const PATH = new RegExp(
  `^(README\\.txt|manifest\\.json|(data|history)/[a-z_]+\\.json|(${FILE_FOLDERS.join('|')})/[0-9a-f-]{36})$`
)

/** A project's archive that is complete: known version, known files, every hash right. Throws ArchiveError. */
export class Archive {
  readonly manifest: Manifest
  readonly #zip: Zip

  constructor(bytes: Uint8Array) {
    if (bytes.length > LARGEST_ARCHIVE) throw new ArchiveError(TOO_LARGE)
    this.#zip = opened(bytes)
    this.manifest = readManifest(this.#read('manifest.json'))
    this.#check()
  }

  get project(): Row {
    const [row] = this.#rows('data/project.json')
    if (!row) throw new ArchiveError('The archive does not contain a project.')
    return row
  }

  get names(): Name[] {
    return this.#rows('data/names.json').filter(isName)
  }

  rows(table: string): Row[] {
    return this.#rows(dataPath(table))
  }

  history(table: string): Row[] {
    return this.#rows(historyPath(table))
  }

  /** The bytes of a file that was handed in; null when the archive holds none. */
  file(home: HomeName, id: unknown): Buffer | null {
    const path = filePath(home, id)
    return this.#zip.names.includes(path) ? this.#read(path) : null
  }

  #check() {
    const listed = new Map(this.manifest.files.map((file) => [file.path, file]))
    for (const name of this.#zip.names) {
      if (!PATH.test(name) && name !== 'readme.txt') {
        throw new ArchiveError(
          `The archive holds “${shown(name)}”, which no project’s archive does.`
        )
      }
      if (name !== 'manifest.json' && !listed.has(name === 'readme.txt' ? 'README.txt' : name)) {
        throw new ArchiveError(`The manifest does not know the file “${shown(name)}”.`)
      }
    }
    for (const { path, size, sha256 } of listed.values()) {
      const bytes = this.#read(path)
      const isSame = bytes.length === size && hash(bytes) === sha256
      if (!isSame)
        throw new ArchiveError(`“${shown(path)}” is not as it was exported: its hash differs.`)
    }
    const known = [
      ...PARTS.map(({ table }) => dataPath(table)),
      ...HISTORY.map(({ table }) => historyPath(table)),
    ]
    const count = known.reduce(
      (sum, path) => sum + (listed.has(path) ? this.#rows(path).length : 0),
      0
    )
    if (count > MOST_ROWS)
      throw new ArchiveError(`The archive holds more than ${MOST_ROWS} records.`)
  }

  #rows(path: string): Row[] {
    if (!this.#zip.names.includes(path)) return []
    const rows = parsed(this.#read(path), path)
    if (!Array.isArray(rows) || !rows.every(isObject)) {
      throw new ArchiveError(`“${path}” is no list of rows.`)
    }
    return rows
  }

  #read(path: string): Buffer {
    const bytes = guarded(() => this.#zip.read(path))
    if (!bytes) throw new ArchiveError(`The archive lacks “${shown(path)}”.`)
    return bytes
  }
}

function opened(bytes: Uint8Array) {
  const isZip = bytes.length > 4 && bytes[0] === 0x50 && bytes[1] === 0x4b
  if (!isZip)
    throw new ArchiveError('This is not a ZIP file. Choose the file you got from “Export project”.')
  const zip = guarded(() => new Zip(bytes))
  if (zip.encrypted) throw new ArchiveError('This ZIP is protected with a password.')
  if (!zip.names.includes('manifest.json')) {
    throw new ArchiveError('This ZIP has no manifest.json, so it is not a project archive.')
  }
  return zip
}

/** What the reader of ZIPs refuses, in words about archives. */
function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const isBomb = error instanceof ImportError && error.code === 'bomb'
    throw new ArchiveError(
      isBomb
        ? 'This ZIP unpacks to far more than a project can hold, so we refused it.'
        : 'This ZIP is damaged. Export the project again.'
    )
  }
}

function readManifest(bytes: Buffer): Manifest {
  const manifest = parsed(bytes, 'manifest.json') as Manifest
  if (!isObject(manifest) || manifest.kind !== KIND) {
    throw new ArchiveError('This ZIP is not the archive of a project.')
  }
  if (!READ_VERSIONS.includes(manifest.format_version)) {
    throw new ArchiveError(
      `This archive is of version ${shown(String(manifest.format_version))}; versions ${READ_VERSIONS.join(' and ')} can be read here.`
    )
  }
  if (!isComplete(manifest)) throw new ArchiveError('The manifest is not as it was exported.')
  return manifest
}

function isComplete({ files, organisation, project }: Manifest) {
  return (
    Array.isArray(files) &&
    files.every(
      (file) => isObject(file) && typeof file.path === 'string' && PATH.test(file.path)
    ) &&
    typeof organisation === 'string' &&
    isObject(project) &&
    CODE.test(project.code) &&
    typeof project.name === 'string'
  )
}

function isName(row: Row): row is Name & Row {
  return typeof row.id === 'string' && typeof row.name === 'string' && typeof row.kind === 'string'
}

function parsed(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new ArchiveError(`“${path}” is not JSON.`)
  }
}

function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** SHA-256 in hexadecimal, as in the manifest and the records. */
export function hash(bytes: Buffer) {
  return createHash('sha256').update(bytes).digest('hex')
}

function shown(text: string) {
  return text.replace(/[^\w./ -]/g, '?').slice(0, 80)
}
