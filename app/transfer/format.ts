import { homeOf, type HomeName } from '#models/stored_file/homes'

/** The manifest of a project's archive. */
export type Manifest = {
  kind: typeof KIND
  format_version: number
  project: { code: string; name: string }
  organisation: string
  exported_at: string
  /** The rows of each file of data. */
  rows: Record<string, number>
  /** Entries kept to named people who do not include the exporter. */
  withheld: number
  files: { path: string; size: number; sha256: string }[]
}

export const KIND = 'orchestrate project export'

/** Raised when older versions of the product can no longer read an archive. */
export const FORMAT_VERSION = 2

/** Readable versions. Since the second, the files of tasks are included. */
export const READ_VERSIONS = [1, 2]

/** Who or what rows name by an id: people with their address, other projects. */
export type Name = {
  id: string
  kind: 'member' | 'external' | 'project'
  name: string
  email?: string
}

export type Row = Record<string, unknown>

/** Where an archive has the rows of a table, the values overwritten in them, and a file that was handed in. */
export const dataPath = (table: string) => `data/${table}.json`
export const historyPath = (table: string) => `history/${table}.json`
export const filePath = (home: HomeName, id: unknown) => `${homeOf(home).folder}/${id}`
