import { MB, sizeInWords } from '#models/text/sizes'
import { homeNames, homeOf, type HomeName } from '#models/stored_file/homes'
import { takeTurnsInOrganisation } from '#models/saving/turns'
import { refuse } from '#models/violation'
import { read, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Quota = 'members' | 'projects' | 'storage'

/** How much the organisation has, and its limit: null for none. Storage in bytes. */
export type Allowance = Record<Quota, { used: number; most: number | null }>

const MORE = 'To ask for more, write to us under Feedback.'

/** Why there is no room for more. */
const refusals: Record<Quota, (most: number) => string> = {
  members: (most) =>
    `Your organisation has reached its limit of ${most} members, including open invitations. ${MORE}`,
  projects: (most) => `Your organisation has reached its limit of ${most} projects. ${MORE}`,
  storage: (most) =>
    `This would take your organisation over its limit of ${sizeInWords(most)} of files. ${MORE}`,
}

/** What each quota counts. Invitations hold the place of the member they may lead to. */
const counts: Record<Quota, string> = {
  members: `(select count(*) from memberships where organisation_id = o.id and status = 'active')
    + (select count(*) from invitations
        where organisation_id = o.id and status = 'pending' and expires_at > now())`,
  projects: '(select count(*) from projects where organisation_id = o.id)',
  storage: homeNames.map(sizeOf).join(' + '),
}

function sizeOf(home: HomeName) {
  const { isStanding, record } = homeOf(home)
  return `(select coalesce(sum(e.size), 0) from ${record} e
    where e.organisation_id = o.id and ${isStanding})`
}

const LIMITS: Record<Quota, string> = {
  members: 'max_members',
  projects: 'max_projects',
  storage: `max_storage_mb * ${MB}::bigint`,
}

/**
 * Refuses beside `field` what would take the organisation at work past a quota by `more`. Others adding to the same
 * quota wait until this transaction ends, so that two cannot share the last place.
 */
export async function refuseBeyond(quota: Quota, field: string, more = 1) {
  const { trx, organisationId } = Tenancy.current()
  const [{ most }] = await read(
    trx,
    `select (${LIMITS[quota]})::float8 as most from organisations o where o.id = ?`,
    [organisationId]
  )
  if (most === null) return
  await takeTurnsInOrganisation()
  const [{ used }] = await sql(
    trx,
    `select (${counts[quota]})::float8 as used from organisations o where o.id = ?`,
    [organisationId]
  )
  if (used + more > most) refuse(field, refusals[quota](most))
}

/** The organisation's use and limit of each. */
export async function allowance(): Promise<Allowance> {
  const { trx, organisationId } = Tenancy.current()
  const quotas = Object.keys(counts) as Quota[]
  const columns = quotas.map(
    (quota) => `json_build_object('used', (${counts[quota]}), 'most', ${LIMITS[quota]}) as ${quota}`
  )
  const [row] = await sql<Allowance>(
    trx,
    `select ${columns.join(', ')} from organisations o where o.id = ?`,
    [organisationId]
  )
  return row
}
