import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { WebhookEvent } from '#models/webhook/events'
import { newWebhookSecret } from '#models/webhook/signature'
import WebhookDelivery, { type DeliveryState } from '#models/webhook_delivery'
import WebhookEndpoint from '#models/webhook_endpoint'
import type { Destinations } from '#webhooks/destination'
import { Peer } from '#tests/support/peer'
import type { World } from '#tests/support/world'

/** An endpoint of this organisation, and a way to record an event as sent to it. */
export async function addWebhook(
  world: World,
  fields: Partial<Pick<WebhookEndpoint, 'url' | 'name'>> & { events?: WebhookEvent[] } = {}
) {
  const owner = await world.person('owner')
  const endpoint = await world.inside(
    () =>
      WebhookEndpoint.create({
        name: 'Service desk',
        url: 'https://hooks.example.test/orchestrate',
        // Rare, so that nothing else in a test sends it.
        events: ['gate_decision.corrected'],
        secret: newWebhookSecret(),
        status: 'active',
        lockVersion: 1,
        createdBy: owner.membershipId,
        ...fields,
      }),
    owner
  )
  const told = async ({ id: endpointId }: WebhookEndpoint, state: DeliveryState = 'delivered') => {
    const row = { endpointId, eventId: randomUUID(), action: 'gate_decision.corrected' }
    const delivery = await world.inside(() =>
      WebhookDelivery.create({ ...row, state, attempts: 1 } as any)
    )
    return delivery.id
  }
  return { endpoint, told }
}

type Received = { headers: IncomingHttpHeaders; body: string }

/** A receiver on this machine, which answers each message as instructed. */
export class Receiver extends Peer {
  readonly received: Received[] = []
  status = 204
  headers: Record<string, string> = {}
  /** What happens before the next message is answered. */
  meanwhile: (() => Promise<unknown>) | null = null

  static start() {
    return new Receiver().listen()
  }

  get url() {
    return `${this.origin}/hook`
  }

  protected async answer(request: IncomingMessage, response: ServerResponse) {
    this.received.push({ headers: request.headers, body: await text(request) })
    const { meanwhile } = this
    this.meanwhile = null
    await meanwhile?.()
    response.writeHead(this.status, this.headers).end()
  }
}

/** Lets webhooks reach a receiver on this machine, which only a test may. */
export const toThisMachine: Destinations = { resolve: async () => [], isLoopbackOpen: true }
