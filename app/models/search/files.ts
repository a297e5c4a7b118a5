import { gateRef } from '#models/gate/refs'
import type { FoundRow, Kind } from '#models/search/kind'
import { sizeInWords } from '#models/text/sizes'
import { kindOf } from '#models/stored_file/file_types'
import { taskRef } from '#models/task/refs'
import { visibleTasks } from '#models/task/visibility'

/** Files of tasks, by name, for people who see the task. */
export const attachments: Kind = {
  name: 'attachments',
  label: 'Files of tasks',
  table: 'task_attachments',
  words: 'file_words(task_attachments.name)',
  columns: [
    ...['id', 'name', 'media_type', 'size', 'task_id'].map((one) => `task_attachments.${one}`),
    'tasks.number',
    'tasks.title',
    'tasks.project_id',
  ],
  from: `task_attachments
    join tasks on tasks.organisation_id = task_attachments.organisation_id
      and tasks.id = task_attachments.task_id
    join projects on projects.organisation_id = tasks.organisation_id
      and projects.id = tasks.project_id`,
  text: 'null::text',
  matches: 'attachment_matches',
  alike: 'attachments_like',
  latest: 'task_attachments.id',
  visible: (viewer) => {
    const [work, values] = visibleTasks(viewer)
    return [`task_attachments.erased_at is null and ${work}`, values]
  },
  hit: (row) => ({
    ref: taskRef(row.project_code!, row.number as number),
    title: row.name as string,
    href: `/projects/${row.project_id}/tasks/${row.task_id}#files`,
    standing: `${fileWords(row)} of “${row.title}”`,
  }),
}

/** Files and links that are evidence for criteria of gates, by name. Everyone who sees the project sees its gates. */
export const evidence: Kind = {
  name: 'evidence',
  label: 'Evidence of gates',
  table: 'gate_evidence',
  words: 'file_words(gate_evidence.name)',
  columns: [
    ...['id', 'name', 'kind', 'media_type', 'size', 'criterion_id'].map(
      (one) => `gate_evidence.${one}`
    ),
    'gates.id as gate_id',
    'gates.number',
    'gate_criteria.title as criterion',
    'gates.project_id',
  ],
  from: `gate_evidence
    join gate_criteria on gate_criteria.organisation_id = gate_evidence.organisation_id
      and gate_criteria.id = gate_evidence.criterion_id
    join gates on gates.organisation_id = gate_criteria.organisation_id
      and gates.id = gate_criteria.gate_id
    join projects on projects.organisation_id = gates.organisation_id
      and projects.id = gates.project_id`,
  text: 'null::text',
  matches: 'evidence_matches',
  alike: 'evidence_like',
  latest: 'gate_evidence.id',
  visible: () => [STANDS, []],
  hit: (row) => ({
    ref: gateRef(row.project_code!, row.number as number),
    title: row.name as string,
    href: `/projects/${row.project_id}/gates/${row.gate_id}/criteria/${row.criterion_id}#evidence`,
    standing: `${row.kind === 'link' ? 'Link' : fileWords(row)} for “${row.criterion}”`,
  }),
}

/** An entry of the RAID log is found as itself, by people who see it. */
const STANDS = `gate_evidence.removed_at is null and gate_evidence.erased_at is null
  and gate_evidence.kind in ('file', 'link')`

function fileWords({ media_type: type, size }: FoundRow) {
  return `${kindOf(type as string)}, ${sizeInWords(size as number)},`
}
