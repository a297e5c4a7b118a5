import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The event of a delivery, as the audit trail has it. */
type ToldEvent = {
  id: string
  action: string
  occurred_at: Date
  entity_type: string
  entity_id: string
  project_id: string | null
  ref: string | null
  /** The parent record, if it is about a part of one. */
  target: string | null
}

/**
 * The ref of an event in `audit.events`, or null if the event is about an entry that only a few people may read: the
 * people who manage endpoints need not be among them, and the trail does not tell them either. Once an entry is gone,
 * nothing says whether it was such an entry. Source and target are always ids: `#audit/facts` sees to that.
 */
export const OPEN_REF = `case when exists (select from raid_items
    where raid_items.organisation_id = events.organisation_id
      and raid_items.id in (events.entity_id, (events.facts->>'source')::uuid, events.target::uuid)
      and raid_items.sensitivity <> 'normal')
  or events.entity_type = 'raid_item' and not exists (select from raid_items
    where raid_items.organisation_id = events.organisation_id and raid_items.id = events.entity_id)
  then null else events.ref end`

/** The event behind a delivery; null once its project was erased. */
export async function eventOf({ eventId }: { eventId: string }): Promise<ToldEvent | null> {
  const { trx, organisationId } = Tenancy.current()
  const [event] = await read<ToldEvent>(
    trx,
    `select id, action, occurred_at, entity_type, entity_id, project_id, ${OPEN_REF} as ref, facts->>'target' as target
       from audit.events where organisation_id = ? and id = ?`,
    [organisationId, eventId]
  )
  return event ?? null
}

/** Where the records of an event are, below their project. */
const PLACES: Record<string, string> = {
  raid_item: 'raid',
  task: 'tasks',
  gate: 'gates',
  gate_condition: 'conditions',
  status_report: 'reports',
}

/** Records read together with their parent; `list` is the API's name for them there, if it has one. */
const PARTS: Record<string, { of: string; list?: string }> = {
  task_attachment: { of: 'task' },
  gate_evidence: { of: 'gate', list: 'evidence' },
  raid_escalation: { of: 'raid_item', list: 'escalations' },
}

/** A page's address names the organisation; a token knows its own. */
type Addresses = Record<'page' | 'program', (path: string) => string>

/**
 * What a receiver is told: that it happened, and where to read more with its own rights. No title, text or name leaves
 * this way, nor the ref of an entry that only a few people may read.
 */
export function messageOf(event: ToldEvent, addressOf: Addresses) {
  const path = pathOf(event)
  return JSON.stringify({
    type: event.action,
    timestamp: event.occurred_at.toISOString(),
    data: {
      event_id: event.id,
      entity_type: event.entity_type,
      entity_id: event.entity_id,
      project_id: event.project_id,
      ref: event.ref,
      url: path && addressOf.page(path),
      api_url: path && addressOf.program(`/api/v1${path}${listOf(event)}`),
    },
  })
}

function pathOf({ entity_type: type, entity_id: id, project_id: projectId, target }: ToldEvent) {
  if (!projectId) return null
  const whole = PARTS[type]?.of
  const place = PLACES[whole ?? type]
  return place ? `/projects/${projectId}/${place}/${whole ? target : id}` : `/projects/${projectId}`
}

function listOf({ entity_type: type, project_id: projectId }: ToldEvent) {
  const list = projectId && PARTS[type]?.list
  return list ? `/${list}` : ''
}
