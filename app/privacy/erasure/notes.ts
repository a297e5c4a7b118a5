import { notesInBucket, tombstonesPath } from '#config/erasure'
import { FileNotes } from '#privacy/erasure/notes/file'
import { StoredNotes } from '#privacy/erasure/notes/stored'
import type { Tombstone } from '#privacy/erasure/tombstones'

/** A place outside the database, and outside its back-ups, in which erasures are noted. */
export type Notes = {
  has(erasure: string): Promise<boolean>
  /** Returns when the note is there to stay. */
  add(note: Tombstone): Promise<void>
  /** The erasures that are noted. */
  ids(): Promise<string[]>
  read(ids: string[]): Promise<Tombstone[]>
}

let inPlace: { notes: Notes; earlier: Notes | null } | null = null

/** Where erasures are noted: in the bucket if there is one, else in a file. */
export function erasureNotes(): Notes {
  return inPlace?.notes ?? (notesInBucket ? new StoredNotes() : new FileNotes(tombstonesPath!))
}

/** Those noted in a file before there was a bucket; null where none were. */
export function earlierNotes(): Notes | null {
  if (inPlace) return inPlace.earlier
  return notesInBucket && tombstonesPath ? new FileNotes(tombstonesPath) : null
}

/** Lets a test note erasures elsewhere; null ends it. */
export function useNotes(notes: Notes | null, earlier: Notes | null = null) {
  inPlace = notes && { notes, earlier }
}
