import db from '@adonisjs/lucid/services/db'
import { NIL, validate as isUuid } from 'uuid'
import { suppressionOf } from '#mails/suppressions'
import { contactHashes } from '#models/privacy_request/contact'
import { accountOf } from '#models/user'
import { personWith } from '#models/user/person'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** The person an export is about: an account, or only an address by which organisations know a person outside. */
export type Subject = { userId: string | null; name: string | null; email: string }

/** One organisation that holds something of the person, and as what; the platform's own tenancy is one too. */
export type Place = {
  organisationId: string
  name: string | null
  /** The ids by which rows refer to the person here. */
  users: string[]
  memberships: string[]
  externals: string[]
}

/** The person with this account id or address; null when nothing at all is known of them. */
export async function subjectOf(who: string): Promise<Subject | null> {
  const person = await personWith(db, await accountId(who))
  if (person) return { userId: person.id, name: person.name, email: person.email }
  if (!who.includes('@')) return null
  const subject = { userId: null, name: null, email: who }
  const isKnown = (await placesOf(subject)).length > 1 || (await isKnownToPlatform(who))
  return isKnown ? subject : null
}

/** Whether the platform has had a request from this address, mailed it or found that it refuses mails. */
function isKnownToPlatform(email: string) {
  return Tenancy.system(PLATFORM, async () => {
    const { trx } = Tenancy.current()
    const [{ known }] = await sql(
      trx,
      `select exists (select from privacy_requests where organisation_id = ? and contact_hash = any (?::bytea[]))
         or exists (select from email_outbox where organisation_id = ? and blanked_at is null and email = ?) as known`,
      [PLATFORM, contactHashes(email), PLATFORM, email]
    )
    return known || (await suppressionOf(email)) !== null
  })
}

async function accountId(who: string): Promise<string> {
  if (isUuid(who)) return who
  return (await accountOf(who)) ?? NIL
}

/** Everywhere the person appears, the platform first. */
export async function placesOf(subject: Subject): Promise<Place[]> {
  const rows = await sql(db, 'select id from directory.places_of(?, ?) as id', [
    subject.userId,
    subject.email,
  ])
  const places: Place[] = []
  for (const organisationId of new Set([PLATFORM, ...rows.map(({ id }) => id)])) {
    places.push(await Tenancy.system(organisationId, () => placeHere(subject)))
  }
  return places
}

async function placeHere({ userId, email }: Subject): Promise<Place> {
  const { trx, organisationId } = Tenancy.current()
  const [place] = await sql(
    trx,
    `select (select name from organisations where id = ?) as name,
       array(select id from memberships where organisation_id = ? and user_id = ?) as memberships,
       array(select id from external_resources where organisation_id = ? and (email = ?
         or membership_id in (select id from memberships where organisation_id = ? and user_id = ?)))
       as externals`,
    [organisationId, organisationId, userId, organisationId, email, organisationId, userId]
  )
  return { organisationId, users: userId ? [userId] : [], ...place }
}
