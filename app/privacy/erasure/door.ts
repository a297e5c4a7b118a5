import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { SqlRule } from '#privacy/erasure/rules'
import type { Recognition } from '#privacy/erasure/recognition'
import { sql } from '#tenancy/sql'
import { transaction } from '#tenancy/transaction'

/** A place that names the person. */
export type Place = { place: string; rowKey: string; columns: string[] }

export type Excerpt = { id: string; name: string; excerpt: string | null }

export type Erasable = {
  id: string
  name: string
  email: string | null
  subject: string | null
  memberships: {
    organisationId: string
    organisation: string
    id: string
    isSoleOwner: boolean
  }[]
}

const PLACE = 'place, row_key as "rowKey", columns'

/** What is known about an account that may be erased; null for none. */
export async function erasable(userId: string): Promise<Erasable | null> {
  const [{ person }] = await sql(privacy(), 'select directory.erasable(?) as person', [userId])
  return person
}

/** From now on no one can sign in to the account. */
export function flagErasure(userId: string) {
  return sql(privacy(), 'select directory.flag_erasure(?)', [userId])
}

/**
 * Replaces what an account says about its person with the label. Returns whether there was anything left to replace.
 */
export async function tombstone(userId: string, label: string): Promise<boolean> {
  const [{ done }] = await sql(privacy(), 'select directory.tombstone(?, ?) as done', [
    userId,
    label,
  ])
  return done
}

/** Every column that is searched, according to the present catalogue. */
export async function searchedColumns(): Promise<string[]> {
  const rows = await sql(privacy(), SEARCHED)
  return rows.map(({ name }) => name)
}

/** Places outside any organisation. */
export async function findElsewhere({ pattern, words }: Recognition): Promise<Place[]> {
  return [
    ...(await sql(privacy(), `select ${PLACE} from directory.find_people(?)`, [pattern])),
    ...(await sql(privacy(), `select ${PLACE} from privacy.find_elsewhere(?, ?)`, [
      pattern,
      words,
    ])),
  ]
}

/** What the role for lawful redaction can do in one organisation, in one transaction. */
export class Door {
  constructor(private trx: TransactionClientContract) {}

  static open<T>(organisationId: string, work: (door: Door) => Promise<T>): Promise<T> {
    return transaction(privacy(), async (trx) => {
      await sql(trx, `select set_config('app.organisation_id', ?, true)`, [organisationId])
      return work(new Door(trx))
    })
  }

  /** Counts the rows that the rules reach, by table; with `act` they are changed. */
  async apply(rules: SqlRule[], source: string, act: boolean): Promise<Record<string, number>> {
    const [{ counts }] = await sql(this.trx, 'select privacy.apply(?, ?, ?) as counts', [
      JSON.stringify(rules),
      source,
      act,
    ])
    return counts
  }

  find({ pattern, words }: Recognition): Promise<Place[]> {
    return sql(this.trx, `select ${PLACE} from privacy.find(?, ?)`, [pattern, words])
  }

  findValues({ pattern }: Recognition): Promise<{ event: string; path: string }[]> {
    return sql(this.trx, 'select event_id as event, path from privacy.find_values(?)', [pattern])
  }

  /** Erases up to `limit` kept values about this member or person outside. Returns how many. */
  async redactSubject(subject: string, source: string, limit: number): Promise<number> {
    const [{ count }] = await sql(this.trx, 'select audit.redact_subject(?, ?, ?)::int as count', [
      subject,
      source,
      limit,
    ])
    return count
  }

  redactValues(event: string, paths: string[], source: string) {
    const pairs = JSON.stringify(paths.map((path) => [event, path]))
    return sql(this.trx, 'select audit.redact_values(?, ?)', [pairs, source])
  }

  redactText(place: Place, pattern: string, label: string, source: string) {
    const table = place.place.replace(/^public\./, '')
    return sql(this.trx, 'select privacy.redact(?, ?, ?, ?, ?, ?)', [
      table,
      place.rowKey,
      place.columns,
      pattern,
      // What the pattern matches before the name stays.
      `\\1${label}`,
      source,
    ])
  }

  /** The words around the name, in each of the places. */
  excerpts(finds: (Place & { id: string })[], pattern: string): Promise<Excerpt[]> {
    const asked = finds.map(({ id, place, rowKey: key, columns }) => ({ id, place, key, columns }))
    return sql(this.trx, 'select id, name, excerpt from privacy.excerpts_of(?, ?)', [
      JSON.stringify(asked),
      pattern,
    ])
  }
}

function privacy() {
  return db.connection('privacy')
}

const SEARCHED = `
  select n.nspname || '.' || c.relname || '.' || a.attname as name
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
   where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
     and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     and format_type(a.atttypid, null) in ('text', 'character varying', 'citext', 'json', 'jsonb',
       'text[]', 'bytea', 'name')
   order by 1`
