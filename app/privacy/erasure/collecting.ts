import type { Erasable } from '#privacy/erasure/door'
import type { Traces } from '#models/erasure'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** What is known about someone before anything was collected. */
type Known = {
  account: Erasable | null
  names: string[]
  emails: string[]
  externals: string[]
}

type Found = {
  kind: 'external' | 'name' | 'email' | 'former_email'
  id: string | null
  text: string | null
}

/**
 * Everything the person is known by, including former names and addresses that the trail, invitations, mails and
 * records of people outside still hold. Collected before anything is erased, since each step removes some of it. A
 * record's address from before it was corrected may belong to someone else: it counts, like a name, only where the
 * person is known.
 */
export async function collectTraces(known: Known, organisations: string[]): Promise<Traces> {
  const { account } = known
  const names = new Set(present([account?.name, ...known.names]))
  const emails = new Set(present([account?.email, ...known.emails]))
  let externals: Traces['externals'] = []
  // An address in one organisation may be the one by which another knows the person.
  for (let before = -1; before < emails.size;) {
    before = emails.size
    externals = []
    for (const organisationId of organisations) {
      for (const { kind, id, text } of await tracesIn(organisationId, known, [...emails])) {
        if (kind === 'external') externals.push({ organisationId, id: id! })
        else if (text) (kind === 'email' ? emails : names).add(text)
      }
    }
  }
  return {
    userId: account?.id ?? null,
    names: [...names],
    emails: [...emails],
    externals,
    subjects: present([account?.subject]),
  }
}

function present(texts: (string | null | undefined)[]): string[] {
  return texts.filter((text): text is string => Boolean(text))
}

/** The memberships by which an organisation knows the person. */
export function membersIn({ memberships }: Pick<Erasable, 'memberships'>, organisationId: string) {
  return memberships.filter((one) => one.organisationId === organisationId).map(({ id }) => id)
}

function tracesIn(
  organisationId: string,
  { account, externals }: Known,
  emails: string[]
): Promise<Found[]> {
  const members = membersIn(account ?? { memberships: [] }, organisationId)
  return Tenancy.system(organisationId, () =>
    sql(Tenancy.current().trx, TRACES, [organisationId, members, emails, externals])
  )
}

const TRACES = `
  with given (organisation, members, emails, externals) as (
    values (?::uuid, ?::uuid[], ?::citext[], ?::uuid[])),
  external as (
    select e.id, e.name, e.email from external_resources e, given
     where e.organisation_id = organisation
       and (e.membership_id = any (members) or e.email = any (emails) or e.id = any (externals))
  ),
  told as (
    select case v.path when 'email' then 'former_email' else v.path end as path, v.value::jsonb as value
      from audit.event_values v, given
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
