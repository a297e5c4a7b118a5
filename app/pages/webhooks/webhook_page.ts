import type { Viewer } from '#identity/viewer'
import { encodeCursor } from '#models/lists/keyset'
import { TEST_EVENT, webhookEventNames, webhookEvents } from '#models/webhook/events'
import {
  hasUnheardDeliveries,
  latestDeliveries,
  listDeliveries,
  type DeliveryRow,
} from '#models/webhook/list'
import WebhookEndpoint, { endpointStatuses, type EndpointStatus } from '#models/webhook_endpoint'
import { deliveryStates, type DeliveryState } from '#models/webhook_delivery'
import { settingsState } from '#pages/settings/settings_page'
import { iso } from '#registries/formats'

/** What events are about, by the beginning of their names. */
const SUBJECTS: [label: string, beginnings: string][] = [
  ['RAID entries', 'raid_'],
  ['Tasks', 'task'],
  ['Gates', 'gate'],
  ['Projects', 'project'],
  ['Status reports', 'status_report'],
]

const choices = SUBJECTS.map(([label, beginning]) => ({
  label,
  options: webhookEventNames
    .filter((name) => name.startsWith(beginning))
    .map((name) => ({ value: name, label: webhookEvents[name], code: name })),
}))

const labels: Record<string, string> = { ...webhookEvents, [TEST_EVENT]: 'A test' }

const TONES: Record<EndpointStatus, { tone: string; icon: string }> = {
  active: { tone: 'good', icon: 'check' },
  paused: { tone: 'neutral', icon: 'pause' },
  failing: { tone: 'bad', icon: 'alert' },
}

const STATES: Record<DeliveryState, { tone: string; icon: string }> = {
  queued: { tone: 'neutral', icon: 'clock' },
  delivered: { tone: 'good', icon: 'check' },
  failed: { tone: 'bad', icon: 'alert' },
}

const FAILURES: Record<string, string> = {
  address_form: 'Webhooks cannot be sent to this address',
  address_private: 'The host name leads to a private network',
  address_unknown: 'The host name is not known',
  certificate: 'The certificate is not valid for the host name',
  event_gone: 'Its project was erased',
  redirected: 'It answered with a redirect, which we do not follow',
  refused: 'It did not answer with success',
  switched_off: 'The endpoint was not active',
  timeout: 'It did not answer within ten seconds',
  unreachable: 'No connection',
}

/** The endpoints of the organisation, and the form for another. */
export async function webhookListState(viewer: Viewer, isFresh: boolean) {
  const latest = new Map((await latestDeliveries()).map((row) => [row.endpoint_id, row]))
  const endpoints = await WebhookEndpoint.query().orderBy('id')
  return {
    ...settingsState('webhooks', viewer),
    isFresh,
    choices,
    endpoints: endpoints.map((endpoint) => ({
      ...endpointState(endpoint),
      lastAt: latest.has(endpoint.id) ? iso(latest.get(endpoint.id)!.attempted_at) : null,
    })),
  }
}

/** One endpoint: its events, and its deliveries. */
export async function webhookState(
  viewer: Viewer,
  endpoint: WebhookEndpoint,
  told: { secret: string | null; isFresh: boolean; after: string | null }
) {
  const page = await listDeliveries(endpoint, told.after)
  const home = `/settings/webhooks/${endpoint.id}`
  return {
    ...settingsState('webhooks', viewer),
    ...told,
    choices,
    home,
    endpoint: endpointState(endpoint),
    deliveries: page.rows.map(deliveryState),
    next: page.next && `${home}?after=${encodeCursor(page.next)}`,
    isFirst: !told.after,
    hasUnheard: await hasUnheardDeliveries(endpoint),
  }
}

function endpointState(endpoint: WebhookEndpoint) {
  const { id, name, url, events, status, failingSince, lockVersion } = endpoint
  return {
    id,
    name,
    url,
    events,
    lockVersion,
    host: new URL(url).host,
    count: events.length === 1 ? '1 event' : `${events.length} events`,
    isActive: status === 'active',
    state: { label: endpointStatuses[status], ...TONES[status] },
    failingSince: failingSince && iso(failingSince),
  }
}

function deliveryState(row: DeliveryRow) {
  const isWaiting = row.state === 'queued' && row.attempts > 0
  return {
    id: row.id,
    label: labels[row.action] ?? row.action,
    ref: row.ref,
    at: iso(row.created_at),
    attempts: row.attempts,
    answer: row.response_code ? `HTTP ${row.response_code}` : null,
    why: row.failure && (FAILURES[row.failure] ?? row.failure),
    nextAt: isWaiting ? iso(row.due_at) : null,
    action: sendingOf(row),
    state: { label: deliveryStates[row.state], ...STATES[row.state] },
  }
}

/** What sends it at once, by what became of it; null while its first attempt is on its way. */
function sendingOf({ state, attempts }: DeliveryRow) {
  if (state !== 'queued') return 'Send again'
  return attempts > 0 ? 'Send now' : null
}
