import { itemsOf } from '#audit/confidential'
import type { TrailEvent } from '#audit/trail'
import type { Context } from '#pages/audit/changes'
import { seesEveryRequest } from '#models/project_request/list'
import { healthSubject } from '#pages/audit/health'
import { auditSettings } from '#registries/audit_actions'

/** What an event is about: its name, and where it is found. */
export type Subject = { subject: string | null; title: string | null; href: string | null }
type Tell = (event: TrailEvent, context: Context) => Subject

const plain = (subject: string | null): Subject => ({ subject, title: null, href: null })

/** The subject of an event, as far as the viewer may know it. */
export function subjectOf(event: TrailEvent, context: Context): Subject {
  if (isAboutTask(event)) return taskSubject(event, context)
  const item = itemsOf(event)
    .map((id) => context.items.shown.get(id))
    .find(Boolean)
  if (item) {
    return {
      subject: item.ref,
      title: item.title,
      href: `/projects/${item.projectId}/raid/${item.id}`,
    }
  }
  const tell = byType[event.entityType]
  return tell ? tell(event, context) : projectSubject(event, context)
}

/** For records that others refer to only by name; if the name is gone, its kind is used. */
const named =
  (kind: string | null): Tell =>
  ({ entityId }, { refs }) =>
    plain(refs.others.get(entityId) ?? kind)

const called =
  (kind: string): Tell =>
  ({ entityId }, { refs }) =>
    plain(`${kind} ${refs.others.get(entityId) ?? ''}`.trim())

const always =
  (words: string): Tell =>
  () =>
    plain(words)

/** Readers of a project's history need not see the request from which it was created. */
function requestSubject({ actor, entityId }: TrailEvent, { viewer }: Context): Subject {
  const isShown = seesEveryRequest(viewer) || actor === viewer.membershipId
  const href = isShown ? `/project-requests/${entityId}` : null
  return { subject: 'a project request', title: null, href }
}

const byType: Record<string, Tell> = {
  import: importSubject,
  membership: ({ entityId }, { refs }) => plain(refs.people.get(entityId) ?? 'a member'),
  external_resource: externalSubject,
  risk_category: named(null),
  board_pack: always('a board pack'),
  import_mapping: always('a mapping of imports'),
  portfolio_view: always('a saved view'),
  programme: programmeSubject,
  project_request: requestSubject,
  invitation: named('a person'),
  lifecycle: lifecycleSubject,
  gate: gateSubject,
  gate_criterion: gateSubject,
  gate_evidence: gateSubject,
  gate_board: aroundGate(({ target }) => `gates/${target}/board`),
  gate_review: aroundGate(({ target, entityId }) => `gates/${target}/reviews/${entityId}`),
  gate_decision: aroundGate(({ target, facts }) => `gates/${target}/reviews/${facts.source}`),
  gate_condition: aroundGate(({ entityId }) => `conditions/${entityId}`),
  stage: named('a stage'),
  organisation: ofOrganisation,
  audit_verification: ofOrganisation,
  calendar_feed: always('a calendar address'),
  webhook_endpoint: called('the webhook'),
  api_token: called('the token'),
  ...Object.fromEntries(
    Object.entries(auditSettings).map(([type, words]) => [type, always(words)])
  ),
}

/** The event's own ref or, without one, the project in which it happened. */
function projectSubject(event: TrailEvent, { refs }: Context): Subject {
  if (event.ref && event.entityType !== 'project') return plain(event.ref)
  const project = refs.projects.get(event.projectId ?? event.entityId)
  if (!project) return plain(event.ref)
  if (HEALTH_TYPES.includes(event.entityType)) return healthSubject(event, project)
  return { subject: project.code, title: project.name, href: `/projects/${project.id}` }
}

const HEALTH_TYPES = ['project_rating', 'delivery_confidence']

/** Gates and their parts, whose events refer to the gate. */
function gateSubject(event: TrailEvent, { refs }: Context): Subject {
  const { entityType, entityId, projectId, target, ref } = event
  const title = refs.others.get(entityId) ?? null
  const gateId = entityType === 'gate' ? entityId : target
  const page = `/projects/${projectId}/gates/${gateId}`
  const part = entityType === 'gate_criterion' ? `${page}/criteria/${entityId}` : page
  const href = title && gateId ? part : null
  return { subject: ref ?? 'a gate', title, href }
}

/** Decisions on a gate and the like have a page of their own beneath the project. */
function aroundGate(page: (event: TrailEvent) => string): Tell {
  return (event, { refs }) => {
    const { projectId, ref, target } = event
    const title = refs.others.get(target ?? '') ?? null
    const href = title && `/projects/${projectId}/${page(event)}`
    return { subject: ref ?? 'a gate', title, href }
  }
}

function ofOrganisation(_event: TrailEvent, { viewer }: Context): Subject {
  return plain(viewer.organisation.name)
}

function programmeSubject({ entityId, ref }: TrailEvent, { refs }: Context): Subject {
  const standing = refs.others.get(entityId)
  return {
    subject: standing ?? ref,
    title: null,
    href: standing ? `/programmes/${entityId}` : null,
  }
}

/** Only the trail still names a draft that was discarded. */
function lifecycleSubject({ id, entityId }: TrailEvent, { refs, values }: Context): Subject {
  const kept = values.get(id)?.find(({ column }) => column === 'name')
  return plain(refs.others.get(entityId) ?? String(kept?.before.value ?? 'a lifecycle'))
}

/** A comment does not say what it is on, but its ref does. */
function isAboutTask({ entityType, ref }: TrailEvent) {
  const isOnTask = entityType === 'comment' && /-T\d+$/.test(ref ?? '')
  return isOnTask || ['task', ...PARTS_OF_TASKS].includes(entityType)
}

const PARTS_OF_TASKS = ['checklist_item', 'task_attachment']

/** A task may respond to a RAID entry, but its events are about itself. */
function taskSubject(event: TrailEvent, { refs, values }: Context): Subject {
  const id = event.entityType === 'task' ? event.entityId : event.target
  const standing = refs.others.get(id ?? '')
  const href = standing ? `/projects/${event.projectId}/tasks/${id}` : null
  const part = PARTS_OF_TASKS.includes(event.entityType) && refs.others.get(event.entityId)
  // Only the trail still names a file that was removed.
  const gone = values.get(event.id)?.find(({ column }) => column === 'name')?.before.value
  return { subject: standing ?? event.ref, title: part || (gone ? String(gone) : null), href }
}

/** Only people who manage people outside can open a page about one. */
function externalSubject({ entityId }: TrailEvent, { refs, viewer }: Context): Subject {
  const subject = refs.externals.get(entityId) ?? 'an external person'
  const href = viewer.can('external.manage') ? `/externals/${entityId}` : null
  return { subject, title: null, href }
}

/** Only the trail still names an upload that was discarded. Only people who import in the project can open one. */
function importSubject({ id, entityId, projectId, facts }: TrailEvent, context: Context): Subject {
  const project = context.refs.projects.get(projectId ?? '')
  const standing = context.refs.others.get(entityId)
  const kept = context.values.get(id)?.find(({ column }) => column === 'file_name')
  const file = standing ?? kept?.before.value ?? kept?.after.value
  const counts = [
    facts.count && `${facts.count} entries`,
    facts.changed && `${facts.changed} changes`,
  ].filter(Boolean)
  const subject = [counts.join(' and '), file ?? 'a file'].filter(Boolean).join(' from ')
  const isOpen = standing && project && context.viewer.can('raid.import', project)
  const href = isOpen ? `/projects/${projectId}/imports/${entityId}` : null
  return { subject: String(subject), title: null, href }
}
