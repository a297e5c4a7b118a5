import { notesInBucket, tombstonesPath } from '#config/erasure'
import { FileNotes } from '#privacy/erasure/notes/file'
import { StoredNotes } from '#privacy/erasure/notes/stored'
import type { Tombstone } from '#privacy/erasure/tombstones'

/** A place outside the database and its back-ups in which erasures are noted. */
export type Notes = {
  has(erasure: string): Promise<boolean>
  /** Returns once the note is durable. */
  add(note: Tombstone): Promise<void>
  /** The noted erasures. */
  ids(): Promise<string[]>
  read(ids: string[]): Promise<Tombstone[]>
}

let inPlace: { notes: Notes; earlier: Notes | null } | null = null

/** Where erasures are noted: in the bucket if there is one, otherwise in a file. */
export function erasureNotes(): Notes {
  return inPlace?.notes ?? (notesInBucket ? new StoredNotes() : new FileNotes(tombstonesPath!))
}

/** Those noted in a file before there was a bucket; null for none. */
export function earlierNotes(): Notes | null {
  if (inPlace) return inPlace.earlier
  return notesInBucket && tombstonesPath ? new FileNotes(tombstonesPath) : null
}

/** Lets a test note erasures elsewhere; null ends it. */
export function useNotes(notes: Notes | null, earlier: Notes | null = null) {
  inPlace = notes && { notes, earlier }
}
