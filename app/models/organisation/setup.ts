import { read, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** An owner's first steps, in this order. Whether each is done follows from the records alone. */
export const setupSteps = {
  people: 'Invite people',
  lifecycle: 'Choose a lifecycle',
  project: 'Create a project',
  risk: 'Raise the first risk',
  board: 'Choose who decides the first gate',
} as const

export type SetupStep = keyof typeof setupSteps

type Setup = Record<SetupStep, boolean> & {
  isDismissed: boolean
  sampleId: string | null
}

/** How far the setup is; the sample project does not count. */
export async function setupOf(membershipId: string): Promise<Setup> {
  const { trx, organisationId } = Tenancy.current()
  const [found] = await read<Setup>(trx, STANDING, [organisationId, membershipId])
  return found
}

/** Hides the guide for one member, or brings it back. */
export async function dismissSetup(membershipId: string, isDismissed: boolean) {
  const { trx, organisationId } = Tenancy.current()
  await sql(
    trx,
    `update memberships set setup_dismissed_at = case when ? then now() end
      where organisation_id = ? and id = ?`,
    [isDismissed, organisationId, membershipId]
  )
}

const OWN = `organisation_id = given.organisation and project_id in
  (select id from projects where organisation_id = given.organisation and not is_sample)`

const STANDING = `select
    exists (select from memberships where organisation_id = given.organisation and id <> given.member)
      or exists (select from invitations where organisation_id = given.organisation) as people,
    exists (select from gates where ${OWN}) as lifecycle,
    exists (select from projects where organisation_id = given.organisation and not is_sample) as project,
    exists (select from raid_items where ${OWN} and type = 'risk') as risk,
    exists (select from gate_deciders where ${OWN}) as board,
    (select setup_dismissed_at is not null from memberships
      where organisation_id = given.organisation and id = given.member) as "isDismissed",
    (select id from projects where organisation_id = given.organisation and is_sample) as "sampleId"
  from (select ?::uuid as organisation, ?::uuid as member) given`
