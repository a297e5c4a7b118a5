import { record } from '#audit/events'
import type { Entry } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export const themes = { light: 'Light', dark: 'Dark' } as const

/** What people say about themselves. */
export type Profile = Pick<Entry, 'name' | 'timeZone' | 'theme'>

/** The account as it is now. */
export type Account = Profile & Pick<Entry, 'id' | 'lockVersion'>

/**
 * Changes the account of the person at work, in the platform's tenancy. Returns false, having changed nothing, when it
 * has changed since `version`. A new name shows wherever the person is or was a member, and is recorded there.
 */
export async function changeProfile(account: Account, profile: Profile, version: number) {
  if (account.lockVersion === version && isSame(account, profile)) return true
  const { name, timeZone, theme } = profile
  const [{ changed }] = await sql(
    Tenancy.current().trx,
    'select directory.change_profile(?, ?, ?, ?) as changed',
    [name, timeZone, theme, version]
  )
  if (!changed) return false
  await record({ action: 'profile.updated', entityType: 'account', entityId: account.id })
  if (name !== account.name) await tellOrganisations(account.name, name)
  return true
}

function isSame(account: Profile, profile: Profile) {
  return (['name', 'timeZone', 'theme'] as const).every((key) => account[key] === profile[key])
}

async function tellOrganisations(before: string, after: string) {
  const memberships = await sql<{ organisationId: string; id: string }>(
    Tenancy.current().trx,
    'select organisation_id as "organisationId", id from directory.own_memberships()'
  )
  for (const { organisationId, id } of memberships) {
    await Tenancy.visit(organisationId, () => {
      // Even where they are no longer a member, they are the actor.
      Tenancy.becomeMember(id)
      const values = { name: { before, after, subject: id } }
      return record({
        action: 'membership.renamed',
        entityType: 'membership',
        entityId: id,
        values,
      })
    })
  }
}
