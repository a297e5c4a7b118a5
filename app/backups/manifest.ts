/** What one file of a back-up holds, and its hash as read at the source. */
export type Part = { file: string; name: string; bytes: number; sha256: string }

/** Settings of PostgreSQL by name. */
export type Formats = Record<string, string>

/** What a back-up holds. Written last: a folder without one is no back-up. */
export type Manifest = {
  format: 1
  takenAt: string
  /** The migrations of its database, oldest first: it can be restored only under the same ones. */
  migrations: string[]
  tables: (Part & { columns: string[] })[]
  sequences: { name: string; value: string }[]
  files: Part[]
  /** How values are written in it; back-ups of earlier releases were written as their server did. */
  formats?: Formats
}

export const MANIFEST = 'manifest.sealed'
export const PURPOSE = 'back-up'

/** Thrown when a back-up cannot be taken or restored; its message says what to do. */
export class BackupProblem extends Error {}
