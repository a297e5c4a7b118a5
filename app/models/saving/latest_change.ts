import { readings } from '#audit/readings'
import Membership from '#models/membership'
import Tenancy from '#tenancy/tenancy'

/** Who last changed a record, and when, according to its audit trail. */
export async function latestChange(entityType: string, entityId: string) {
  const { trx, organisationId } = Tenancy.current()
  const event = await trx
    .from('audit.events')
    .where({ organisation_id: organisationId, entity_type: entityType, entity_id: entityId })
    .whereNotIn('action', readings)
    .orderBy('seq', 'desc')
    .select('actor_ref', 'occurred_at')
    .first()
  const names = await Membership.names([event?.actor_ref])
  return {
    actorId: event?.actor_ref as string | undefined,
    actorName: names.get(event?.actor_ref) ?? 'Someone',
    occurredAt: event?.occurred_at as Date | undefined,
  }
}
