import type { Manifest } from '#transfer/format'

/** What is in a project's archive, for somebody who has only that. */
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
  Projects, Import a project. It becomes a new project; entries and tasks keep their numbers. People are matched
  by their address with members there; others stay as names. What stands under history is shown as history from
  elsewhere: it is not sealed anew, and the audit trail of its origin does not come along.

What is not here
  Entries kept to named people who did not include the person that exported; secrets such as links for people
  outside; private answers of confidence polls; the audit trail, which the gate packs prove.

The hashes tell whether the archive is whole. They do not tell who made it: anybody can make an archive.
`
}
