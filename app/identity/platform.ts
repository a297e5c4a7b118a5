import type { HttpContext } from '@adonisjs/core/http'
import type { ActorKind } from '#tenancy/entry'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/**
 * Runs what a person does outside any organisation in the platform's own tenancy. Events there have no actor: a
 * person's actions would be a record of their days. Whose session began or ended is a value, which an erasure removes.
 */
export function onPlatform<T>(
  { person, request, sentForm }: HttpContext,
  work: () => Promise<T>,
  actorKind: ActorKind = 'member'
) {
  const reader = { userId: person?.id ?? null, timeZone: person?.timeZone }
  const requestId = request.id() ?? null
  const tenant = { organisationId: PLATFORM, ...reader, requestId, actorKind }
  return Tenancy.run({ ...tenant, claim: sentForm?.claim }, work)
}
