/** A kind of file that people hand in. Its jobs are named `store_<name>` and `discard_<name>`. */
export type HomeName = 'evidence' | 'attachment'

/**
 * What files of one kind belong to. The record and the table in which bytes wait for the store have `erased_at`,
 * `file_key`, `name`, `sha256`, `size` and `bytes`; conditions are SQL on the record as `e`.
 */
type Home = {
  record: string
  waiting: string
  /** The column of `waiting` that refers to the record. */
  owner: string
  /** Where the files are in the store. */
  folder: string
  /** Which records are files at all. */
  isFile: string
  /** Which of them count for the quota. */
  isStanding: string
  /** Which of them keep their bytes, present or removed. */
  isKept: string
  /** Who handed it in: members, and people outside where they can. */
  from: { members: string; externals?: string }
}

/** Every kind of file that people hand in. Quotas, exports, archives, back-ups and erasure cover all of them. */
const homes: Record<HomeName, Home> = {
  evidence: {
    record: 'gate_evidence',
    waiting: 'gate_evidence_bytes',
    owner: 'evidence_id',
    folder: 'evidence',
    isFile: `e.kind = 'file'`,
    isStanding: 'e.removed_at is null and e.erased_at is null',
    // It is present, or was under review when it was removed.
    isKept: `e.erased_at is null and (e.removed_at is null or exists (
      select from gate_criteria c join gate_reviews r
          on r.organisation_id = c.organisation_id and r.gate_id = c.gate_id
       where c.organisation_id = e.organisation_id and c.id = e.criterion_id
         and r.submitted_at between e.created_at and e.removed_at))`,
    from: { members: 'e.added_by' },
  },
  attachment: {
    record: 'task_attachments',
    waiting: 'task_attachment_bytes',
    owner: 'attachment_id',
    folder: 'attachments',
    isFile: 'true',
    isStanding: 'e.erased_at is null',
    isKept: 'e.erased_at is null',
    from: { members: 'e.added_by', externals: 'e.added_by_external_id' },
  },
}

export const homeNames = Object.keys(homes) as HomeName[]

/** The facts of one kind of files. */
export function homeOf(name: HomeName): Home {
  return homes[name]
}

/** Where handed-in files are in the store. */
export const FILE_FOLDERS = homeNames.map((name) => homeOf(name).folder)
