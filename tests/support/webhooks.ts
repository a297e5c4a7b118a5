import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WebhookEvent } from '#models/webhook/events'
import { newWebhookSecret } from '#models/webhook/signature'
import WebhookDelivery from '#models/webhook_delivery'
import WebhookEndpoint from '#models/webhook_endpoint'
import type { Destinations } from '#webhooks/destination'
import type { World } from '#tests/support/world'

/** An endpoint of this organisation, and a way to let it have been told something. */
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
        // Rare, so that nothing else in a test tells it anything.
        events: ['gate_decision.corrected'],
        ...{ secret: newWebhookSecret(), status: 'active', lockVersion: 1 },
        createdBy: owner.membershipId,
        ...fields,
      }),
    owner
  )
  const told = async ({ id: endpointId }: WebhookEndpoint) => {
    const row = { endpointId, eventId: randomUUID(), action: 'gate_decision.corrected' }
    const delivery = await world.inside(() =>
      WebhookDelivery.create({ ...row, state: 'delivered', attempts: 1 } as any)
    )
    return delivery.id
  }
  return { endpoint, told }
}

export type Received = { headers: IncomingHttpHeaders; body: string }

/** A receiver on this machine, which answers each message as it is told to. */
export class Receiver {
  readonly received: Received[] = []
  status = 204
  headers: Record<string, string> = {}
  #server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      this.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(this.status, this.headers).end()
    })
  })

  static async open() {
    const receiver = new Receiver()
    await new Promise<void>((done) => receiver.#server.listen(0, '127.0.0.1', done))
    return receiver
  }

  get url() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`
  }

  close() {
    this.#server.close()
  }
}

/** Lets webhooks reach a receiver on this machine, which nothing but a test may. */
export const toThisMachine: Destinations = { resolve: async () => [], isLoopbackOpen: true }
