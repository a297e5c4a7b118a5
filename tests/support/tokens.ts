import ApiToken from '#models/api_token'
import { scopeNames, serviceScopes, type Scope, type ServiceRole } from '#models/api_token/scopes'
import { useToken } from '#models/api_token/use'
import Tenancy from '#tenancy/tenancy'
import type { Account, Person, World } from '#tests/support/world'

const kept = new Map<string, Promise<string | null>>()

/** A token of this member with every scope, created at the first call; null for anyone who is not a member here. */
export function tokenOf(person: Account | Person): Promise<string | null> {
  if (!('membershipId' in person)) return Promise.resolve(null)
  const known = kept.get(person.membershipId)
  const token = known ?? usedToken(person).catch(() => null)
  kept.set(person.membershipId, token)
  return token
}

/** Its use is already dated, so that a request which changes nothing changes nothing at all. */
async function usedToken(person: Person) {
  const token = await ownToken(person)
  await useToken(token)
  return token
}

/** A new token of this member with these scopes. */
export function ownToken(person: Person, scopes: Scope[] = scopeNames): Promise<string> {
  const { organisationId, userId } = person
  return Tenancy.run({ organisationId, userId, requestId: null }, () =>
    ApiToken.issueOwn({ name: 'Test token', scopes, days: 30 })
  )
}

/** A new token of a service of this organisation. */
export async function serviceToken(
  world: World,
  role: ServiceRole,
  scopes: Scope[] = serviceScopes
): Promise<string> {
  const owner = await world.person('owner')
  const wish = { name: 'Service desk', scopes, days: 30 }
  return world.inside(() => ApiToken.issueForService(wish, role), owner)
}
