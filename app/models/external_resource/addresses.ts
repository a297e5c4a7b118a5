import { NIL } from 'uuid'
import { refuse } from '#models/violation'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Holder = { name: string; state: 'external' | 'archived' | 'member' }

/**
 * Refuses an address that belongs to someone else in this organisation. It still holds when it is written: people who
 * join and people who are added take turns.
 */
export async function refuseKnownAddress(email: string, ownId: string | null | undefined) {
  const holder = await holderOf(email, ownId ?? NIL)
  if (holder) refuse('email', WHY[holder.state](holder.name))
}

const WHY: Record<Holder['state'], (name: string) => string> = {
  external: (name) => `${name} has this address already`,
  archived: (name) => `${name}, who is archived, has this address: restore that record instead`,
  member: (name) => `${name} is a member with this address: give work to the member instead`,
}

/** Where a person can be reached; null when no address is stored. */
export async function addressOf(id: string): Promise<string | null> {
  const { trx, organisationId } = Tenancy.current()
  const [row] = await sql<{ email: string | null }>(
    trx,
    'select email from external_resources where organisation_id = ? and id = ?',
    [organisationId, id]
  )
  return row?.email ?? null
}

async function holderOf(email: string, ownId: string): Promise<Holder | null> {
  const { trx, organisationId } = Tenancy.current()
  const [holder] = await sql<Holder>(
    trx,
    `select name, case when archived_at is null then 'external' else 'archived' end as state
       from external_resources
      where organisation_id = ? and email = ?::citext and merged_at is null and id <> ?
     union all
     select users.name, 'member' from memberships join users on users.id = memberships.user_id
      where memberships.organisation_id = ? and memberships.status = 'active'
        and users.email = ?::citext
     limit 1`,
    [organisationId, email, ownId, organisationId, email]
  )
  return holder ?? null
}
