import { errors } from '@adonisjs/lucid'
import { validate as isUuid } from 'uuid'
import { record } from '#audit/events'
import User from '#models/user'
import { literally } from '#models/lists/text_search'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** An account as it is listed after a look-up. */
export type FoundPerson = {
  id: string
  name: string
  email: string
  last_signed_in_at: Date | null
}

/** An account as platform staff see it. Moments are ISO texts. */
export type OfficePerson = {
  id: string
  name: string
  /** Null once it is erased. */
  email: string | null
  createdAt: string
  lastSignedInAt: string | null
  erasingAt: string | null
  isStaff: boolean
  sessions: number
  organisations: { id: string; name: string; status: 'active' | 'deactivated' | 'left' }[]
}

const MOST = 20

/**
 * Looks people up, by a whole email address or else by a part of a name, and tells the platform's trail by
 * which and how many were found. `more` when not all of them are answered.
 */
export async function lookUpPeople(words: string) {
  const isAddress = words.includes('@')
  const found = await people(
    isAddress ? words : null,
    isAddress ? null : literally(words.toLowerCase()),
    []
  )
  const facts = { kind: isAddress ? 'email' : 'name', count: Math.min(found.length, MOST) }
  await record({ action: 'account.looked_up', entityType: 'platform', entityId: PLATFORM, facts })
  return { people: found.slice(0, MOST), more: found.length > MOST }
}

/** People found by an earlier look-up. */
export function peopleAmong(ids: string[]): Promise<FoundPerson[]> {
  return people(null, null, ids.filter(isUuid).slice(0, MOST))
}

/** One account; the platform's trail records it. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
export async function viewPerson(id: string): Promise<OfficePerson> {
  const found = await officePerson(id)
  await record({ action: 'account.viewed', entityType: 'account', entityId: found.id })
  return found
}

/** The same, without recording it. */
export async function officePerson(id: string): Promise<OfficePerson> {
  const [row] = isUuid(id)
    ? await sql(Tenancy.current().trx, 'select office.person(?) as found', [id])
    : []
  if (!row?.found) throw new errors.E_ROW_NOT_FOUND(User)
  return row.found
}

function people(email: string | null, name: string | null, ids: string[]) {
  const { trx } = Tenancy.current()
  return sql<FoundPerson>(trx, 'select * from office.people(?, ?, ?)', [email, name, ids])
}
