import { isHidden, itemsInTrail } from '#audit/confidential'
import { readTrail, type TrailEvent } from '#audit/trail'
import type { Viewer } from '#identity/viewer'
import { decodeCursor } from '#models/lists/keyset'
import { listAnswer } from '#pages/api/paging'
import * as a from '#pages/api/shape'
import { type Shape } from '#pages/api/shape'
import { boundTo, PER_PAGE, type AuditFilters, type Scope } from '#pages/audit/list_page'
import { Problem } from '#registries/problems'

/** An event of the trail, without the values that changed: those are read from the record. */
export const eventShape: Shape = {
  ...a.id('id'),
  ...a.text('sequence', ({ seq }) => String(seq)),
  ...a.momentOf('occurred_at', ({ at }) => at),
  ...a.text('actor_kind', ({ actorKind }) => actorKind),
  ...a.idOrNull('actor_id', ({ actor }) => actor),
  ...a.idOrNull('token_id', ({ facts }) => facts.token),
  ...a.yes('is_confidential', ({ isConfidential }) => isConfidential),
  ...a.textOrNull('action'),
  ...a.textOrNull('entity_type'),
  ...a.idOrNull('entity_id'),
  ...a.idOrNull('project_id'),
  ...a.textOrNull('ref'),
}

/** One page of a trail, newest first. An event that the viewer may not see is given as having happened, no more. */
export async function trailEvents(
  scope: Scope,
  filters: AuditFilters,
  viewer: Viewer,
  cursor: unknown
) {
  const before = numberIn(cursor)
  const bound = await boundTo(scope, filters, viewer)
  // Programs name one action, not similar ones.
  if (filters.what) bound.actions = [filters.what]
  const page = await readTrail(bound, PER_PAGE, { before })
  const items = await itemsInTrail(page.events, viewer)
  const rows = page.events.map((event) => told(event, isHidden(event, items)))
  const last = page.events.at(-1)?.seq
  return listAnswer(() => eventShape, { rows, next: page.older && last ? [last, last] : null })
}

function told(event: TrailEvent, isConfidential: boolean) {
  if (!isConfidential) return { ...event, isConfidential }
  const { id, seq, at, actorKind, actor } = event
  return { id, seq, at, actorKind, actor, facts: {}, isConfidential }
}

function numberIn(cursor: unknown) {
  if (cursor === undefined) return undefined
  const [number] = decodeCursor(String(cursor)) ?? []
  if (!/^\d{1,18}$/.test(String(number))) throw new Problem('invalid_cursor')
  return String(number)
}
