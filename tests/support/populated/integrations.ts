import { SentForm } from '#identity/sent_forms'
import ApiToken from '#models/api_token'
import { keepReply, takeKey } from '#models/api_token/replies'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { addWebhook } from '#tests/support/webhooks'
import type { World } from '#tests/support/world'

/** A row in each table for connected programs, and for what forms and programs send once. */
export async function addIntegrationRows(world: World) {
  const { endpoint, told } = await addWebhook(world)
  await world.inside(() => endpoint.renewSecret())
  await told(endpoint)
  const owner = await world.person('manager')
  const token = await world.inside(() => ApiToken.findByOrFail('membershipId', owner.membershipId))
  const { organisationId } = world
  const tenant = { organisationId, userId: owner.userId, requestId: null, tokenId: token.id }
  await Tenancy.run(tenant, async () => {
    await takeKey({ key: 'key', request: 'request' })
    await keepReply('key', { status: 201, location: null, tag: null, body: { id: token.id } })
  })
  const form = new SentForm(`a form of ${owner.userId}`, true)
  await Tenancy.run({ ...tenant, tokenId: null, claim: form.claim }, async () =>
    form.settle({ status: 303, path: '/projects' })
  )
  await sql(
    admin(),
    'insert into api_token_uses (organisation_id, token_id, last_used_on) values (?, ?, current_date)',
    [organisationId, token.id]
  )
}
