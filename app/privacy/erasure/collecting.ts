import type { Erasable } from '#privacy/erasure/door'
import type { Traces } from '#models/erasure'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Found = { kind: 'external' | 'name' | 'email'; id: string | null; text: string | null }

/**
 * Everything the person is known by: also former names and addresses, which the trail, invitations, mails and
 * records of people outside still hold. Collected before anything is erased, since each step takes some away.
 */
export async function collectTraces(
  person: Erasable,
  organisations: string[],
  contactEmail: string | null
): Promise<Traces> {
  const names = new Set([person.name])
  const emails = new Set([person.email, contactEmail].flatMap((email) => (email ? [email] : [])))
  const externals: Traces['externals'] = []
  for (const organisationId of organisations) {
    const members = membersIn(person, organisationId)
    for (const { kind, id, text } of await tracesIn(organisationId, members, [...emails])) {
      if (kind === 'external') externals.push({ organisationId, id: id! })
      else if (text) (kind === 'name' ? names : emails).add(text)
    }
  }
  return {
    userId: person.id,
    names: [...names],
    emails: [...emails],
    externals,
    subjects: person.subject ? [person.subject] : [],
  }
}

/** The memberships by which an organisation knows the person. */
export function membersIn({ memberships }: Pick<Erasable, 'memberships'>, organisationId: string) {
  return memberships.filter((one) => one.organisationId === organisationId).map(({ id }) => id)
}

function tracesIn(organisationId: string, members: string[], emails: string[]): Promise<Found[]> {
  return Tenancy.system(organisationId, () =>
    sql(Tenancy.current().trx, TRACES, [organisationId, members, emails])
  )
}

const TRACES = `
  with given (organisation, members, emails) as (values (?::uuid, ?::uuid[], ?::citext[])),
  external as (
    select e.id, e.name, e.email from external_resources e, given
     where e.organisation_id = organisation and (e.membership_id = any (members) or e.email = any (emails))
  ),
  told as (
    select v.path, v.value::jsonb as value from audit.event_values v, given
     where v.organisation_id = organisation and v.path in ('name', 'email') and v.redacted_at is null
       and v.subject_ref = any (members || array(select id from external))
  )
  select 'external' as kind, id, null as text from external
  union select 'name', null, name from external
  union select 'email', null, email::text from external
  union select path, null, value->>'before' from told
  union select path, null, value->>'after' from told
  union select 'email', null, i.email::text from invitations i, given
   where i.organisation_id = organisation and i.membership_id = any (members)
  union select 'email', null, m.email::text from email_outbox m, given
   where m.organisation_id = organisation and m.membership_id = any (members) and m.blanked_at is null`
