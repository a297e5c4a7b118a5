import { DateTime } from 'luxon'
import { enqueue } from '#jobs/enqueue'
import { pageAddress } from '#identity/page_address'
import Membership from '#models/membership'
import { notify } from '#models/notification'
import { eventOf, messageOf } from '#models/webhook/message'
import { signedHeaders } from '#models/webhook/signature'
import WebhookDelivery from '#models/webhook_delivery'
import WebhookEndpoint, { PATIENCE_DAYS } from '#models/webhook_endpoint'
import Tenancy from '#tenancy/tenancy'
import { publicDestinations, type Destinations } from '#webhooks/destination'
import { post, type Outcome, type Outgoing } from '#webhooks/sending'

/** Pauses after each attempt, in seconds, as the Standard Webhooks specification suggests: a day and a half in all. */
const PAUSES = [5, 300, 1800, 7200, 18_000, 36_000, 50_400]

/** Random variation of a pause, so that a receiver that was down does not get everything at once. */
const JITTER = 0.1

/** A delivery under way for longer than this has lost its worker; several times the sender's timeout. */
const LEASE_SECONDS = 60

/** How long to wait before checking again whether a suspended organisation was resumed. */
const REST_SECONDS = 3600

type Claim = { id: string; endpointId: string; attempts: number; message: Outgoing }

/**
 * Sends one event to an endpoint. The attempt is recorded before the call and its outcome after it, each in its own
 * transaction: a receiver may get an event twice, and recognises it by its id.
 */
export async function deliverWebhook(
  organisationId: string,
  deliveryId: string,
  to: Destinations = publicDestinations
) {
  const claimed = await Tenancy.system(organisationId, () => claim(deliveryId))
  if (!claimed) return
  const outcome = await post(claimed.message, to)
  await Tenancy.system(organisationId, () => settle(claimed, outcome))
}

/** Marks the delivery as under way. Null when there is nothing to send, or not yet. */
async function claim(id: string): Promise<Claim | null> {
  const delivery = await lock(id)
  if (!delivery || delivery.dueAt > DateTime.utc()) return null
  if (Tenancy.isSuspended) return postpone(delivery, REST_SECONDS)
  const endpoint = await WebhookEndpoint.findOrFail(delivery.endpointId)
  const event = endpoint.status === 'active' ? await eventOf(delivery) : null
  if (!event) return giveUp(delivery, endpoint.status === 'active' ? 'event_gone' : 'switched_off')
  const now = DateTime.utc()
  const attempts = delivery.attempts + 1
  const dueAt = now.plus({ seconds: LEASE_SECONDS })
  await delivery.merge({ attempts, attemptedAt: now, dueAt }).save()
  const page = (path: string) => pageAddress(path, delivery.organisationId)
  const body = messageOf(event, { page, program: (path) => pageAddress(path) })
  return { id, endpointId: endpoint.id, attempts, message: outgoing(endpoint, id, body) }
}

/** The delivery, if it is still to be sent. */
function lock(id: string) {
  return WebhookDelivery.query().where({ id, state: 'queued' }).forUpdate().first()
}

function outgoing(endpoint: WebhookEndpoint, id: string, body: string): Outgoing {
  const timestamp = DateTime.utc().toUnixInteger()
  return {
    url: endpoint.url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Orchestrate-Webhooks/1',
      ...signedHeaders({ id, timestamp, body }, endpoint.signingSecrets),
    },
  }
}

async function postpone(delivery: WebhookDelivery, seconds: number) {
  delivery.dueAt = DateTime.utc().plus({ seconds })
  await delivery.save()
  const { trx } = Tenancy.current()
  await enqueue(trx, 'deliver_webhook', { deliveryId: delivery.id }, delivery.dueAt.toJSDate())
  return null
}

async function giveUp(delivery: WebhookDelivery, failure: string) {
  await delivery.merge({ state: 'failed', failure }).save()
  return null
}

/** Records the outcome, unless a later attempt has begun since: then that one's counts. */
async function settle({ id, endpointId, attempts }: Claim, { responseCode, failure }: Outcome) {
  const endpoint = await WebhookEndpoint.query().where('id', endpointId).forUpdate().first()
  const delivery = await lock(id)
  if (!endpoint || delivery?.attempts !== attempts) return
  delivery.merge({ responseCode, failure })
  const isDelivered = failure === null
  if (await endpoint.tell(isDelivered)) await alarm(endpoint)
  if (isDelivered) await delivery.merge({ state: 'delivered' }).save()
  else if (attempts > PAUSES.length) await giveUp(delivery, failure)
  else await postpone(delivery, pauseAfter(attempts))
}

function pauseAfter(attempts: number) {
  const spread = 1 + JITTER * (2 * Math.random() - 1)
  return Math.ceil(PAUSES[attempts - 1] * spread)
}

/** Tells the people who connect programs that one is no longer receiving. */
async function alarm(endpoint: WebhookEndpoint) {
  await notify({
    kind: 'system_alert',
    to: await Membership.holding('owner', 'admin'),
    project: null,
    path: `/settings/webhooks/${endpoint.id}`,
    title: `The webhook ${endpoint.name} was switched off`,
    detail: `Nothing could be delivered to it for ${PATIENCE_DAYS} days. Fix the receiver, then resume the webhook.`,
    key: `webhook ${endpoint.id} ${endpoint.failingSince?.toISO()}`,
  })
}
