import { sealState } from '#audit/seal_state'
import { readTrail, type Cursor, type TrailEvent } from '#audit/trail'
import { keptChanges, type Half, type KeptChange } from '#audit/values'
import { namesOfAccounts } from '#models/user/names'
import { number } from '#models/text/numbers'
import { sealLine } from '#pages/audit/seal_line'
import { auditAction, auditTypes } from '#registries/audit_actions'
import { auditField } from '#registries/audit_fields'
import { iso, moment } from '#registries/formats'
import type { ActorKind } from '#tenancy/entry'

const HOME = '/admin/audit'
const PER_PAGE = 50

/** People who are not staff act on the platform without a name. */
const ACTORS: Record<ActorKind, string> = {
  staff: 'A former platform admin',
  member: 'A person',
  visitor: 'A visitor',
  external: 'An external person',
  system: 'Orchestrate, automatically',
  ai: 'Orchestrate assistant',
  service: 'A service',
}

/** One page of the platform's own trail: what its staff did, or all of it. */
export async function platformTrailState(shown: 'staff' | 'all', cursor: Cursor) {
  const filter = shown === 'staff' ? { actorKind: 'staff' as const } : {}
  const { events, newer, older } = await readTrail(filter, PER_PAGE, cursor)
  const values = await keptChanges(events.map(({ id }) => id))
  const names = await namesOfAccounts(events.map(({ actor }) => actor))
  const address = shown === 'staff' ? HOME : `${HOME}?shown=all`
  const at = (name: string, event: TrailEvent | undefined) =>
    event ? `${HOME}?shown=${shown}&${name}=${event.seq}` : null
  return {
    seal: sealLine(await sealState()),
    tabs: [
      { label: 'By platform admins', href: HOME, current: shown === 'staff' },
      { label: 'Everything', href: `${HOME}?shown=all`, current: shown === 'all' },
    ],
    events: events.map((event) => trailRow(event, names, values.get(event.id) ?? [])),
    list: {
      summary: `Newest first, ${PER_PAGE} a page`,
      newest: cursor.before || cursor.after ? address : null,
      previous: newer ? at('after', events[0]) : null,
      next: older ? at('before', events.at(-1)) : null,
    },
  }
}

function trailRow(event: TrailEvent, names: Map<string, string>, kept: KeptChange[]) {
  return {
    number: number(event.seq),
    at: iso(event.at),
    when: moment(event.at),
    actor: names.get(event.actor ?? '') ?? ACTORS[event.actorKind],
    label: auditAction(event.action).label,
    record: auditTypes[event.entityType] ?? event.entityType,
    ...changesOf(event, kept),
  }
}

/** Without a former state only the new one is shown: no one needs to read that every field was empty. */
function changesOf({ entityType }: TrailEvent, kept: KeptChange[]) {
  const changes = kept
    .map(({ column, before, after }) => {
      const { label, show } = auditField(entityType, column)
      const say = (half: Half) => (half.erased ? 'Erased on request' : show(half.value))
      return { label, before: say(before), after: say(after) }
    })
    .filter(({ before, after }) => before || after)
  return { changes, isWhole: changes.every(({ before }) => !before) }
}
