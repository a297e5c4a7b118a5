import type { ItemsInTrail } from '#audit/confidential'
import { isId, type References } from '#audit/references'
import type { TrailEvent } from '#audit/trail'
import type { Half, KeptChange } from '#audit/values'
import type { Viewer } from '#identity/viewer'
import { withNames } from '#models/text/mention'
import { auditField } from '#registries/audit_fields'

const ERASED = 'Erased on request'

/** One changed field in words. `note` replaces both sides. */
export type Change = {
  label: string
  before: string | null
  after: string | null
  note?: string
}

/** The context of the events: who reads them, and what their ids refer to. */
export type Context = {
  items: ItemsInTrail
  values: Map<string, KeptChange[]>
  refs: References
  viewer: Viewer
}

/** What an event changed, field by field in the order of the form. */
export function changesOf(event: TrailEvent, context: Context): Change[] {
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

/** A change from a member to someone outside empties one column and fills another: people see one field. */
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
