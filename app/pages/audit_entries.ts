import { isHidden, itemsInTrail, itemsOf, type ItemsInTrail } from '#audit/confidential'
import { isId, resolveReferences, type References } from '#audit/references'
import type { TrailEvent } from '#audit/trail'
import { keptChanges, type Half, type KeptChange } from '#audit/values'
import type { Viewer } from '#identity/viewer'
import { mentionedIn, withNames } from '#models/mention'
import { healthSubject, isFirstWord } from '#pages/audit_health'
import { auditAction, auditSettings } from '#registries/audit_actions'
import { auditField } from '#registries/audit_fields'
import type { ActorKind } from '#tenancy/tenancy'

export const ERASED = 'Erased on request'
export const CONFIDENTIAL = 'a confidential entry'
export const EXTERNAL = 'External'

/** One changed field in words. `note` stands in place of both sides. */
export type Change = {
  label: string
  before: string | null
  after: string | null
  note?: string
}

/** One event as pages, histories and exports tell it. */
export type AuditEntry = {
  sequence: string
  at: Date
  actor: string
  /** What the actor is, when not a member. */
  actorKind: string | null
  action: string
  /** The kind of event as the filter names it. */
  label: string
  subject: string | null
  title: string | null
  href: string | null
  projectCode: string | null
  isConfidential: boolean
  /** Everything a new record began with, or an old one ended with: one side is empty throughout. */
  isWhole: boolean
  strong: boolean
  changes: Change[]
  event: TrailEvent
}

type Context = {
  items: ItemsInTrail
  values: Map<string, KeptChange[]>
  refs: References
  viewer: Viewer
}

/** Tells events in words to one viewer; the number of queries does not grow with theirs. */
export async function presentEvents(events: TrailEvent[], viewer: Viewer): Promise<AuditEntry[]> {
  const items = await itemsInTrail(events, viewer)
  const told = events.filter((event) => !isHidden(event, items))
  const values = await keptChanges(told.map(({ id }) => id))
  const refs = await resolveReferences(idsIn(events, values), viewer)
  const context = { items, values, refs, viewer }
  return events.map((event) => present(event, context))
}

function idsIn(events: TrailEvent[], values: Map<string, KeptChange[]>): unknown[] {
  return [
    ...events.flatMap(({ actor, projectId, entityId, target, facts }) => [
      actor,
      facts.token,
      projectId,
      entityId,
      target,
    ]),
    ...[...values.values()].flat().flatMap(({ before, after }) => idsOf(before, after)),
  ].flat()
}

/** What two halves of a change name: a record, or the members whom a text mentions. */
function idsOf(...halves: Half[]) {
  const values = halves.map(({ value }) => value)
  return [...values, ...mentionedIn(...values.filter((value) => typeof value === 'string'))]
}

function present(event: TrailEvent, context: Context): AuditEntry {
  const { refs, items } = context
  const isConfidential = isHidden(event, items)
  const changes = isConfidential ? [] : changesOf(event, context)
  const known = auditAction(event.action)
  return {
    sequence: event.seq,
    at: event.at,
    ...actorOf(event, refs),
    action: soleChange(event, changes) ?? known.verb,
    label: known.label,
    ...(isConfidential ? concealed : subjectOf(event, context)),
    projectCode: refs.projects.get(event.projectId ?? '')?.code ?? null,
    isConfidential,
    isWhole: WHOLE.test(event.action) || isFirstWord(event.action, changes),
    strong: known.strong ?? false,
    changes,
    event,
  }
}

const WHOLE =
  /\.(created|deleted|uploaded|discarded|imposed|recorded|corrected|submitted|proposed)$/
const concealed = { subject: CONFIDENTIAL, title: null, href: null }

const actorKinds: Record<ActorKind, [name: string, kind: string | null]> = {
  member: ['A person who was removed', null],
  external: ['An external person', EXTERNAL],
  staff: ['Orchestrate support', 'Staff'],
  system: ['Orchestrate', 'System'],
  ai: ['A person who was removed', 'With AI'],
  visitor: ['A visitor', 'Not signed in'],
  service: ['A service', 'Service'],
}

function actorOf({ actorKind, actor, facts }: TrailEvent, refs: References) {
  const [fallback, kind] = actorKinds[actorKind]
  const names = { external: refs.externals, service: refs.others }[actorKind as string]
  const token = actorKind !== 'service' && facts.token
  const program = token ? `By token ${refs.others.get(String(token)) ?? ''}`.trim() : null
  return { actor: (names ?? refs.people).get(actor ?? '') ?? fallback, actorKind: program ?? kind }
}

/** A single telling change is part of the sentence: changed the status of ATLAS-R12. */
function soleChange(event: TrailEvent, changes: Change[]) {
  if (!event.action.endsWith('.updated')) return null
  const telling = changes.filter(({ label }) => label !== 'Closed on')
  if (telling.length !== 1 || !NAMEABLE.includes(telling[0].label)) return null
  return `changed the ${telling[0].label.toLowerCase()} of`
}

const NAMEABLE = [
  'Status',
  'Owner',
  'Assignee',
  'Priority',
  'Title',
  'Description',
  'Manager',
  'Sponsor',
  'Stage',
  'Name',
  'Time zone',
]

type Subject = Pick<AuditEntry, 'subject' | 'title' | 'href'>
const plain = (subject: string | null): Subject => ({ subject, title: null, href: null })

function subjectOf(event: TrailEvent, context: Context): Subject {
  const { refs, items, viewer } = context
  if (isAboutTask(event)) return taskSubject(event, context)
  const item = itemsOf(event)
    .map((id) => items.shown.get(id))
    .find(Boolean)
  if (item) {
    return {
      subject: item.ref,
      title: item.title,
      href: `/projects/${item.projectId}/raid/${item.id}`,
    }
  }
  if (event.entityType === 'import') return importSubject(event, context)
  if (event.entityType === 'membership') return plain(refs.people.get(event.entityId) ?? 'a member')
  if (event.entityType === 'external_resource') return externalSubject(event, context)
  if (event.entityType === 'risk_category') return plain(refs.others.get(event.entityId) ?? null)
  if (event.entityType === 'board_pack') return plain('a board pack')
  if (event.entityType === 'import_mapping') return plain('a mapping of imports')
  if (event.entityType === 'portfolio_view') return plain('a view of the portfolio')
  if (event.entityType === 'programme') return programmeSubject(event, context)
  if (event.entityType === 'invitation') return plain(refs.others.get(event.entityId) ?? 'a person')
  if (event.entityType === 'lifecycle') return plain(lifecycleName(event, context))
  if (GATE_TYPES.includes(event.entityType)) return gateSubject(event, context)
  if (event.entityType in DECIDING_PAGES) return decidingSubject(event, context)
  if (event.entityType === 'stage') return plain(refs.others.get(event.entityId) ?? 'a stage')
  const settings = auditSettings[event.entityType]
  if (settings) return plain(settings)
  if (['organisation', 'audit_verification'].includes(event.entityType)) {
    return plain(viewer.organisation.name)
  }
  if (event.entityType === 'calendar_feed') return plain('a calendar address')
  if (event.entityType === 'webhook_endpoint') {
    return plain(`the webhook ${refs.others.get(event.entityId) ?? ''}`.trim())
  }
  if (event.entityType === 'api_token') {
    return plain(`the token ${refs.others.get(event.entityId) ?? ''}`.trim())
  }
  if (event.ref && event.entityType !== 'project') return plain(event.ref)
  const project = refs.projects.get(event.projectId ?? event.entityId)
  if (!project) return plain(event.ref)
  if (HEALTH_TYPES.includes(event.entityType)) return healthSubject(event, project)
  return { subject: project.code, title: project.name, href: `/projects/${project.id}` }
}

const HEALTH_TYPES = ['project_rating', 'delivery_confidence']

/** Gates and their parts, whose events point at the gate. */
const GATE_TYPES = ['gate', 'gate_criterion', 'gate_evidence']

function gateSubject(event: TrailEvent, { refs }: Context): Subject {
  const { entityType, entityId, projectId, target, ref } = event
  const title = refs.others.get(entityId) ?? null
  const gateId = entityType === 'gate' ? entityId : target
  const href = title && gateId ? `/projects/${projectId}/gates/${gateId}` : null
  return { subject: ref ?? 'a gate', title, href }
}

/** What stands around the deciding of a gate, and its page beneath the project. */
const DECIDING_PAGES: Record<string, (event: TrailEvent) => string> = {
  gate_board: ({ target }) => `gates/${target}/board`,
  gate_review: ({ target, entityId }) => `gates/${target}/reviews/${entityId}`,
  gate_decision: ({ target, facts }) => `gates/${target}/reviews/${facts.source}`,
  gate_condition: ({ entityId }) => `conditions/${entityId}`,
}

function decidingSubject(event: TrailEvent, { refs }: Context): Subject {
  const { entityType, projectId, ref, target } = event
  const title = refs.others.get(target ?? '') ?? null
  const href = title && `/projects/${projectId}/${DECIDING_PAGES[entityType](event)}`
  return { subject: ref ?? 'a gate', title, href }
}

function programmeSubject({ entityId, ref }: TrailEvent, { refs }: Context): Subject {
  const standing = refs.others.get(entityId)
  return {
    subject: standing ?? ref,
    title: null,
    href: standing ? `/programmes/${entityId}` : null,
  }
}

/** A draft that was discarded is named only by the trail. */
function lifecycleName({ id, entityId }: TrailEvent, { refs, values }: Context) {
  const kept = values.get(id)?.find(({ column }) => column === 'name')
  return refs.others.get(entityId) ?? String(kept?.before.value ?? 'a lifecycle')
}

/** A comment does not say what it is on, but its ref does. */
function isAboutTask({ entityType, ref }: TrailEvent) {
  const isOnTask = entityType === 'comment' && /-T\d+$/.test(ref ?? '')
  return isOnTask || ['task', 'checklist_item'].includes(entityType)
}

/** A task may follow from a RAID entry, but its events are about itself. */
function taskSubject(event: TrailEvent, { refs }: Context): Subject {
  const id = event.entityType === 'task' ? event.entityId : event.target
  const standing = refs.others.get(id ?? '')
  const href = standing ? `/projects/${event.projectId}/tasks/${id}` : null
  const step = event.entityType === 'checklist_item' && refs.others.get(event.entityId)
  return { subject: standing ?? event.ref, title: step || null, href }
}

/** Only those who manage people outside have a page of theirs to open. */
function externalSubject({ entityId }: TrailEvent, { refs, viewer }: Context): Subject {
  const subject = refs.externals.get(entityId) ?? 'an external person'
  const href = viewer.can('external.manage') ? `/externals/${entityId}` : null
  return { subject, title: null, href }
}

/** An upload that was discarded is named only by the trail. */
function importSubject({ id, entityId, projectId, facts }: TrailEvent, context: Context): Subject {
  const standing = context.refs.others.get(entityId)
  const kept = context.values.get(id)?.find(({ column }) => column === 'file_name')
  const file = standing ?? kept?.before.value ?? kept?.after.value
  const counts = [
    facts.count && `${facts.count} entries`,
    facts.changed && `${facts.changed} changes`,
  ].filter(Boolean)
  const subject = [counts.join(' and '), file ?? 'a file'].filter(Boolean).join(' from ')
  const href = standing ? `/projects/${projectId}/imports/${entityId}` : null
  return { subject: String(subject), title: null, href }
}

function changesOf(event: TrailEvent, context: Context): Change[] {
  const kept = context.values.get(event.id) ?? []
  const kind = context.items.shown.get(event.entityId)?.type ?? event.facts.kind
  const changes = kept
    .filter(({ column }) => !IN_SUBJECT[event.entityType]?.includes(column))
    .map((change) => ({ change, field: auditField(event.entityType, change.column, kind) }))
    .sort((one, other) => one.field.position - other.field.position)
    .map(({ change: { before, after }, field }) => {
      if (before.erased && after.erased) return { label: field.label, ...erased }
      const say = (half: Half) => (half.erased ? ERASED : inWords(half.value, field.show, context))
      return { label: field.label, before: say(before), after: say(after) }
    })
  return joined(changes)
}

/** What passes from a member to someone outside leaves one column and fills another: people read one field. */
function joined(changes: Change[]): Change[] {
  const told: Change[] = []
  for (const change of changes) {
    const half = told.find((other) => other.label === change.label && complements(other, change))
    if (!half) told.push(change)
    else
      Object.assign(half, {
        before: half.before ?? change.before,
        after: half.after ?? change.after,
      })
  }
  return told
}

function complements(one: Change, other: Change) {
  if (one.note || other.note) return false
  return [one.before, other.before].includes(null) && [one.after, other.after].includes(null)
}

/** What the subject's ref already says. */
const IN_SUBJECT: Record<string, string[]> = {
  raid_item: ['type', 'number'],
  project_member: ['project_id'],
}

const erased = { before: null, after: null, note: ERASED }

function inWords(value: unknown, show: (value: unknown) => string | null, context: Context) {
  if (Array.isArray(value) && value.some(isId)) {
    return value.map((id) => nameOf(id, context)).join(', ')
  }
  if (isId(value)) return nameOf(value, context)
  const shown = show(value)
  return shown && withNames(shown, context.refs.people)
}

function nameOf(id: string, { refs, items }: Context): string {
  const project = refs.projects.get(id)
  const external = refs.externals.get(id)
  return (
    refs.people.get(id) ??
    (project && `${project.code} ${project.name}`) ??
    (external && `${external} (external)`) ??
    refs.others.get(id) ??
    items.shown.get(id)?.ref ??
    'A record not shown here'
  )
}
