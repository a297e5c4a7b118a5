import type { Manifest } from '#transfer/format'

/** What a project's archive contains, for someone who has only that. */
export function archiveReadme({ project, organisation, exported_at: at }: Omit<Manifest, 'files'>) {
  return `${project.code} ${project.name}
of ${organisation}, exported ${at}

What is here
  data/*.json       the project and its records, an array of rows for each table: stages, gates, criteria,
                    RAID entries, tasks, comments and what links them, with their numbers and states
  data/names.json   the people and other projects that rows name by an id
  evidence/*        the files of gates, by the id of their row in data/gate_evidence.json
  attachments/*     the files of tasks, by the id of their row in data/task_attachments.json
  history/*.json    what was decided, declared and published: reviews with their packs, votes, decisions,
                    conditions, ratings, status reports
  manifest.json     the version of the format, the rows of each file, every file with its size and SHA-256

Importing it
  Choose Projects, then Import. The archive becomes a new project; entries and tasks keep their numbers. People
  are matched with members by their address; others stay as names. Everything under history is shown as earlier
  history: it is not sealed again, and the audit trail of its origin is not included.

What is not here
  Entries for named people only, unless the person who exported is one of them, and the parts of packs with such
  entries in them; other projects that this person may not see; secrets such as the links of external people;
  private answers of confidence polls; the audit trail, which the gate packs prove.

The hashes show whether the archive is whole. They do not show who made it: anyone can make an archive.
`
}
