import { readings } from '#audit/readings'
import { readTrail } from '#audit/trail'
import type { TrailFilter } from '#audit/trail_query'
import type { Viewer } from '#identity/viewer'
import { beginning } from '#models/text/beginning'
import type { Change } from '#pages/audit/changes'
import { EXTERNAL, presentEvents, type AuditEntry } from '#pages/audit/entries'
import { iso, lately } from '#registries/formats'

/** What `@timeline.entry` shows. */
export type HistoryEntry = {
  actor: string
  action: string
  subject: string | null
  href: string | null
  at: string
  when: string
  strong: boolean
  changes: Change[]
}

/** A project's history, or one record's; a part of a record names what it belongs to. */
type HistoryOf = { projectId: string } | { entityType: string; entityId: string; partOf?: string }

const LONGEST = 140

/** Confidential events are left out, so more are read than shown. */
const SPARE = 3

/**
 * The latest events of a project, or of a RAID item including its comments, as far as the viewer may know. Who looked
 * or took a copy is shown only on the audit page. A record in two projects is described from the one given.
 */
export async function historyOf(
  about: HistoryOf,
  viewer: Viewer,
  { limit, projectId }: { limit: number; projectId?: string }
): Promise<HistoryEntry[]> {
  const within = projectId ? { projectId } : {}
  const filter = { ...filterFor(about), ...within, without: readings }
  const { events } = await readTrail(filter, limit * SPARE)
  const entries = await presentEvents(events, viewer)
  return entries
    .filter((entry) => !entry.isConfidential)
    .slice(0, limit)
    .map((entry) => toHistory(entry, about))
}

function filterFor(about: HistoryOf): TrailFilter {
  if (!('entityId' in about)) return { projectId: about.projectId }
  if (['gate', 'task'].includes(about.entityType)) return { about: about.entityId }
  if (about.partOf) return { part: { id: about.entityId, of: about.partOf } }
  if (about.entityType === 'raid_item') return { itemId: about.entityId }
  return { type: about.entityType, entityId: about.entityId }
}

function toHistory(entry: AuditEntry, about: HistoryOf): HistoryEntry {
  const isItself = 'entityId' in about && entry.subject !== null
  const brief = inBrief(entry)
  return isItself ? { ...brief, subject: itself(entry, about.entityType), href: null } : brief
}

/** One event as a timeline shows it; the initial values of a new record would bury the events around it. */
export function inBrief(entry: AuditEntry): HistoryEntry {
  return {
    actor: entry.actorKind === EXTERNAL ? `${entry.actor} (external)` : entry.actor,
    action: entry.action,
    subject: withPart(entry, entry.subject),
    href: entry.href,
    at: iso(entry.at),
    when: lately(entry.at),
    strong: entry.strong,
    changes: entry.isWhole ? [] : entry.changes.map(shortened),
  }
}

function itself({ event, title }: AuditEntry, entityType: string) {
  if (event.entityType === 'gate_condition' && entityType === 'gate') {
    return `the condition ${event.ref}`
  }
  return withPart({ event, title }, ITSELF[entityType] ?? 'this entry')
}

/** Which of several parts it was. */
function withPart({ event, title }: Pick<AuditEntry, 'event' | 'title'>, name: string | null) {
  return NAMED_PARTS.includes(event.entityType) && title ? `${name}: ${cut(title)}` : name
}

/** What its action already names is left out. */
const ITSELF: Record<string, string> = {
  programme: '',
  project_request: 'this request',
  task: 'this task',
  status_report: 'this report',
  external_resource: 'this record',
  lifecycle: 'this version',
  gate: 'this gate',
  gate_board: 'this gate',
  gate_criterion: 'this gate',
  gate_evidence: 'this gate',
  gate_condition: 'this condition',
}

/** Parts of a record are named, since there are several of them. */
const NAMED_PARTS = ['gate_criterion', 'gate_evidence', 'checklist_item', 'task_attachment']

function shortened(change: Change): Change {
  return { ...change, before: cut(change.before), after: cut(change.after) }
}

function cut(text: string | null) {
  return text && beginning(text, LONGEST)
}
