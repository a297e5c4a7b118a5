import type { Naming } from '#exports/personal/labels'
import type { Place } from '#exports/personal/subject'
import type { Described } from '#exports/records/json_schema'
import type { Row } from '#exports/records/pages'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const EVENTS_PER_PAGE = 250

const field = (name: string, type: string, rest: Partial<Described> = {}): Described => ({
  name,
  type,
  required: true,
  mayLack: false,
  isLabel: false,
  ...rest,
})

/** What a bundle says about an event. Salts are left out: with them, others could guess values that were erased. */
export const trailFields: Described[] = [
  field('seq', 'bigint'),
  field('id', 'uuid'),
  field('organisation_id', 'uuid'),
  field('txid', 'bigint'),
  field('occurred_at', 'timestamp with time zone'),
  field('project_id', 'uuid', { required: false }),
  field('actor_kind', 'text'),
  field('actor_ref', 'uuid', { isLabel: true, mayLack: true }),
  field('action', 'text'),
  field('entity_type', 'text'),
  field('entity_id', 'uuid', { isLabel: true }),
  field('target', 'text', { required: false, isLabel: true }),
  field('ref', 'text', { required: false }),
  field('request_id', 'text', { required: false }),
  field('facts', 'jsonb'),
  field('event_hash', 'text', { description: 'Its leaf in the sealed chain, hexadecimal' }),
  field('values', 'jsonb', {
    description:
      'What changed: path, subject_ref, value, redacted_at; values about others are withheld',
  }),
]

type EventRow = Row & { values: (Row & { subject_ref: string | null; value: string | null })[] }

/**
 * Events in one organisation that the person caused, and those that keep something of theirs. The chain is walked in
 * steps, so that no query runs long however rarely the person occurs.
 */
export async function* trailRows(place: Place, naming: Naming): AsyncGenerator<Row[]> {
  const mine = [...place.users, ...place.memberships, ...place.externals]
  if (mine.length === 0) return
  let last = '0'
  for (;;) {
    const after = last
    const step = await Tenancy.system(place.organisationId, () => stepAfter(place, after, mine))
    if (step.end === null) return
    last = step.end
    if (step.rows.length > 0) yield await presented(step.rows, naming)
  }
}

async function stepAfter({ organisationId }: Place, after: string, mine: string[]) {
  const { trx } = Tenancy.current()
  const [{ end }] = await sql<{ end: string | null }>(
    trx,
    `select max(seq)::text as end from (select seq from audit.events
      where organisation_id = ? and seq > ? order by seq limit ${EVENTS_PER_PAGE}) step`,
    [organisationId, after]
  )
  const range = [organisationId, after, end]
  const rows = end ? await sql<{ row: EventRow }>(trx, EVENTS, [...range, mine, mine, mine]) : []
  return { end, rows: rows.map(({ row }) => row) }
}

async function presented(rows: EventRow[], naming: Naming): Promise<Row[]> {
  for (const row of rows) {
    row.actor_ref = naming.reference(row.actor_ref)
    row.values = row.values.map((value) => shown(value, naming)) as EventRow['values']
  }
  const texts = rows.map((row) => JSON.stringify(row))
  const labelled = await naming.texts(texts)
  return rows.map((row, index) =>
    labelled[index] === texts[index] ? row : JSON.parse(labelled[index])
  )
}

/** What an event keeps about someone else is left to them. */
function shown(
  { subject_ref: subject, value, ...rest }: EventRow['values'][number],
  naming: Naming
) {
  const isOthers = subject !== null && !naming.isMine(subject)
  const reference = naming.reference(subject)
  return {
    ...rest,
    subject_ref: reference,
    value: isOthers || value === null ? null : JSON.parse(value),
  }
}

const EVENTS = `
  select (select row_to_json(x) from (select e.seq, e.id, e.organisation_id, e.txid, e.occurred_at,
      e.project_id, e.actor_kind, e.actor_ref, e.action, e.entity_type, e.entity_id, e.target, e.ref,
      e.request_id, e.facts, encode(e.event_hash, 'hex') as event_hash,
      coalesce((select json_agg(json_build_object('path', v.path, 'subject_ref', v.subject_ref,
          'redacted_at', v.redacted_at, 'value', v.value) order by v.path)
        from audit.event_values v
        where v.organisation_id = e.organisation_id and v.event_id = e.id), '[]') as values) x) as row
    from audit.events e
   where e.organisation_id = ? and e.seq > ? and e.seq <= ?
     and (e.actor_ref = any(?::uuid[]) or e.entity_id = any(?::uuid[])
       or exists (select from audit.event_values v where v.organisation_id = e.organisation_id
         and v.event_id = e.id and v.subject_ref = any(?::uuid[])))
   order by e.seq`
