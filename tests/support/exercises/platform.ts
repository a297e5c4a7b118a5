import type { ApiClient } from '@japa/api-client'
import { demoPeople } from '#database/demo/people'
import Invitation from '#models/invitation'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { accountExercises } from '#tests/support/exercises/account'
import { linkHolderExercises } from '#tests/support/exercises/externals'
import { privacyExercises } from '#tests/support/exercises/privacy'
import { Visitor } from '#tests/support/visitor'
import { World, type Account } from '#tests/support/world'

export type PlatformExercise = (
  client: ApiClient,
  person: Account
) => Promise<{ organisationId: string } | void>

/**
 * The same for routes outside any organisation, whose events are in the platform's own chain, or in that of the
 * organisation which the exercise returns.
 */
export const platformExercises: Record<string, PlatformExercise> = {
  'organisations.store': async (client, person) => {
    await client.post('/organisations').as(person).form({ name: 'Founded Ltd' })
    const [{ organisation_id: organisationId }] = await sql(
      admin(),
      'select organisation_id from memberships where user_id = ?',
      [person.userId]
    )
    return { organisationId }
  },
  'joins.store': async (client, person) => {
    const world = await World.create()
    const { name, membershipId } = await world.person('owner')
    const token = await world.inside(() =>
      Invitation.invite(
        { email: person.email, role: 'member', projects: [] },
        { name, membershipId }
      )
    )
    await client.post(`/join/${token}`).as(person)
    return { organisationId: world.organisationId }
  },
  ...accountExercises,
  ...linkHolderExercises,
  ...privacyExercises,
  'sessions.callback': async () => {
    await new Visitor().signIn(demoPeople[0].email)
  },
  'sessions.destroy': async (client, person) => {
    await client.delete('/session').as(person)
  },
}
