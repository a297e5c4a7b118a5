import type { LucidModel } from '@adonisjs/lucid/types/model'
import ChecklistItem from '#models/checklist_item'
import Comment from '#models/comment'
import GateBoard from '#models/gate_board'
import GateEvidence from '#models/gate_evidence'
import ProjectMember from '#models/project_member'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import ReportSchedule from '#models/report_schedule'
import type { HomeName } from '#models/stored_file/homes'
import Task from '#models/task'
import TaskAttachment from '#models/task_attachment'

/**
 * A table of a project that is imported as records, in a file of its own. `of` is SQL on the alias `t` when no column
 * names the project: `:items` and `:tasks` stand for the ids of exported entries and tasks, `:project` and
 * `:organisation` for their own. `model` records each row in the audit trail. `without` are columns that mean nothing
 * elsewhere. `home` is the kind of files that belong to the rows.
 */
export type Part = {
  table: string
  of?: string
  model?: LucidModel
  without?: string[]
  home?: HomeName
}

/** In the order of import: what is referred to comes before what refers to it. */
export const PARTS: Part[] = [
  { table: 'stages' },
  { table: 'gates', without: ['template_id'] },
  { table: 'gate_criteria' },
  { table: 'raid_items', of: 't.id in (:items)', model: RaidItem },
  { table: 'raid_links', of: 't.from_id in (:items) and t.to_id in (:items)' },
  { table: 'raid_escalations', of: 't.raid_item_id in (:items)', model: RaidEscalation },
  { table: 'raid_readers', of: 't.raid_item_id in (:items)' },
  {
    table: 'gate_evidence',
    of: 't.project_id = :project and t.removed_at is null',
    model: GateEvidence,
    home: 'evidence',
  },
  { table: 'gate_boards', model: GateBoard },
  { table: 'gate_deciders' },
  { table: 'tasks', of: 't.id in (:tasks)', model: Task },
  { table: 'task_predecessors', of: 't.task_id in (:tasks) and t.predecessor_id in (:tasks)' },
  { table: 'checklist_items', of: 't.task_id in (:tasks)', model: ChecklistItem },
  {
    table: 'task_attachments',
    of: 't.task_id in (:tasks)',
    model: TaskAttachment,
    home: 'attachment',
  },
  { table: 'comments', of: 't.raid_item_id in (:items) or t.task_id in (:tasks)', model: Comment },
  { table: 'project_members', model: ProjectMember },
  { table: 'report_schedules', model: ReportSchedule },
]

/**
 * What was decided, declared and published. It is imported as history to be read: signatures and seals are valid only
 * where they were made, so nothing elsewhere may pass for them.
 */
export const HISTORY: Part[] = [
  { table: 'gate_reviews' },
  { table: 'gate_pack_sections', of: `t.review_id in (${inProject('gate_reviews')})` },
  { table: 'gate_votes', of: `t.review_id in (${inProject('gate_reviews')})` },
  { table: 'gate_decisions' },
  { table: 'gate_rework_criteria', of: `t.decision_id in (${inProject('gate_decisions')})` },
  { table: 'gate_conditions' },
  { table: 'project_ratings' },
  { table: 'delivery_confidences' },
  { table: 'status_reports', of: `t.project_id = :project and t.state = 'published'` },
  { table: 'status_report_ratings', of: `t.report_id in (${published()})` },
  { table: 'status_report_decisions', of: `t.report_id in (${published()})` },
  { table: 'status_report_publications', of: `t.report_id in (${published()})` },
]

/** Tables of a project that are not exported, with the reason. */
export const LEFT_BEHIND: Record<string, string> = {
  project_requests: 'it answered somebody of one organisation, before there was a project',
  ref_counters: 'the counters travel with the project itself',
  project_imports: 'its history travels as history',
  imports: 'how files were read is told by what they became',
  import_rows:
    'what an earlier file called a record holds for the project that it was imported into',
  notifications: 'they are people’s, and told already',
  report_subscriptions: 'who is written to is each person’s choice',
  task_links: 'they are secrets, and belong to one address',
  gate_delegations: 'deputies are named for a time, in one organisation',
  gate_condition_proposals: 'what was only proposed was not decided',
  gate_poll_answers: 'a confidence is its giver’s own',
  gate_evidence_bytes: 'the files travel as files',
  task_attachment_bytes: 'the files travel as files',
  ai_interactions: 'they are the asker’s own',
  ai_invocations: 'they account for one organisation’s costs',
  ai_proposals: 'what was accepted of them travels as entries',
  invitation_roles: 'an invitation holds in one organisation',
}

function inProject(table: string) {
  return `select id from ${table} where organisation_id = :organisation and project_id = :project`
}

function published() {
  return `${inProject('status_reports')} and state = 'published'`
}
