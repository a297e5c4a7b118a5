import { isHidden, itemsInTrail } from '#audit/confidential'
import { resolveReferences, type References } from '#audit/references'
import type { TrailEvent } from '#audit/trail'
import { keptChanges, type Half, type KeptChange } from '#audit/values'
import type { Viewer } from '#identity/viewer'
import { mentionedIn } from '#models/text/mention'
import { WITHHELD } from '#models/person_flag'
import { changesOf, type Change, type Context } from '#pages/audit/changes'
import { isFirstWord } from '#pages/audit/health'
import { subjectOf, type Subject } from '#pages/audit/subjects'
import { auditAction } from '#registries/audit_actions'
import type { ActorKind } from '#tenancy/entry'

const CONFIDENTIAL = 'a confidential entry'
export const EXTERNAL = 'External'

/** One event as pages, histories and exports show it. */
export type AuditEntry = Subject & {
  sequence: string
  at: Date
  actor: string
  /** What the actor is, when not a member. */
  actorKind: string | null
  action: string
  /** The kind of event as the filter names it. */
  label: string
  projectCode: string | null
  isConfidential: boolean
  /** All initial values of a new record, or final ones of an old one: one side is empty throughout. */
  isWhole: boolean
  strong: boolean
  changes: Change[]
  event: TrailEvent
}

/**
 * Describes events to one viewer; the number of queries does not grow with theirs. People in `withheld` are named
 * nowhere in them: neither as the actor nor as the subject.
 */
export async function presentEvents(
  events: TrailEvent[],
  viewer: Viewer,
  { withheld = new Set<string>() } = {}
): Promise<AuditEntry[]> {
  const items = await itemsInTrail(events, viewer)
  const told = events.filter((event) => !isHidden(event, items))
  const values = await keptChanges(told.map(({ id }) => id))
  const refs = await resolveReferences(idsIn(events, values), viewer)
  for (const id of withheld) if (refs.people.has(id)) refs.people.set(id, WITHHELD)
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

/** What two halves of a change refer to: a record, or the members whom a text mentions. */
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

/** A single significant change becomes part of the sentence: changed the status of ATLAS-R12. */
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
