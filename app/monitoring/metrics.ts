import { randomUUID } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { BatchObservableResult, Counter, Histogram, Meter } from '@opentelemetry/api'
import type { MeterProvider } from '@opentelemetry/sdk-metrics'
import type { MetricsSettings } from '#config/monitoring'
import { readGauges, readPools, type Gauges } from '#monitoring/gauges'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** In seconds: the boundaries that OpenTelemetry recommends for requests. */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
const NANO = 1e9

type Instruments = { requests: Histogram; refusals: Counter; failures: Counter }

/** Both only while measuring: without a collector it costs nothing. */
let provider: MeterProvider | undefined
let instruments: Instruments | undefined
let meter: Meter | undefined

/**
 * Starts measuring this process, and sending the measurements to the operator's own collector. Labels come only from
 * closed lists: routes, jobs, limits and pools by name. Nothing in them identifies a person or organisation.
 */
export async function startMetrics(settings: MetricsSettings, kind: 'web' | 'worker') {
  if (!settings.endpoint || provider) return
  const { MeterProvider, PeriodicExportingMetricReader } =
    await import('@opentelemetry/sdk-metrics')
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http')
  const { resourceFromAttributes } = await import('@opentelemetry/resources')
  const { endpoint, headers, release, everyMs } = settings
  const url = `${endpoint.replace(/\/$/, '')}/v1/metrics`
  const exporter = new OTLPMetricExporter({ url, headers, timeoutMillis: 5_000 })
  provider = new MeterProvider({
    resource: resourceFromAttributes({
      'service.name': 'orchestrate',
      'service.version': release,
      'service.instance.id': randomUUID(),
      'process.kind': kind,
    }),
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: everyMs })],
  })
  meter = provider.getMeter('orchestrate')
  instruments = {
    requests: meter.createHistogram('http.server.request.duration', {
      unit: 's',
      advice: { explicitBucketBoundaries: BOUNDARIES },
    }),
    refusals: meter.createCounter('orchestrate.limits.refusals'),
    failures: meter.createCounter('orchestrate.jobs.failures'),
  }
  observeProcess(meter)
}

/** Sends what is left, and stops. A collector that is down does not hold anything up for long. */
export async function stopMetrics() {
  const ending = provider
  provider = instruments = meter = undefined
  await ending?.shutdown().catch(() => {})
}

/** Sends the measurements so far. */
export async function flushMetrics() {
  await provider?.forceFlush()
}

type Answered = {
  method: string
  route: string | undefined
  status: number
  seconds: number
}

/** A request was answered. */
export function countRequest({ method, route, status, seconds }: Answered) {
  instruments?.requests.record(seconds, {
    'http.request.method': METHODS.includes(method) ? method : '_OTHER',
    'http.route': route ?? '[unknown]',
    'http.response.status_class': `${Math.floor(status / 100)}xx`,
  })
}

/** A limit refused a request. */
export function countRefusal(limit: string) {
  instruments?.refusals.add(1, { limit })
}

/** A job failed; the queue may retry it. */
export function countFailure(job: string) {
  instruments?.failures.add(1, { job })
}

/** Also reports, from this process, what waits in the database. Processes that run jobs do. */
export function observeQueues() {
  if (!meter) return
  const gauge = (name: string, unit?: string) => meter!.createObservableGauge(name, { unit })
  const told: [ReturnType<typeof gauge>, keyof Gauges][] = [
    [gauge('orchestrate.jobs.waiting'), 'jobsWaiting'],
    [gauge('orchestrate.jobs.running'), 'jobsRunning'],
    [gauge('orchestrate.jobs.failed'), 'jobsFailed'],
    [gauge('orchestrate.jobs.wait', 's'), 'jobsWaitSeconds'],
    [gauge('orchestrate.mails.waiting'), 'mailsWaiting'],
    [gauge('orchestrate.mails.wait', 's'), 'mailsWaitSeconds'],
    [gauge('orchestrate.assistant.spend', 'u{currency}'), 'spendMicros'],
    [gauge('orchestrate.audit.seal_lag', 's'), 'sealLagSeconds'],
  ]
  meter.addBatchObservableCallback(
    async (result: BatchObservableResult) => {
      const gauges = await readGauges()
      for (const [instrument, name] of told) result.observe(instrument, Number(gauges[name]))
    },
    told.map(([instrument]) => instrument)
  )
}

function observeProcess(of: Meter) {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  of.createObservableGauge('process.memory.usage', { unit: 'By' }).addCallback((result) =>
    result.observe(process.memoryUsage.rss())
  )
  of.createObservableGauge('nodejs.eventloop.delay.p99', { unit: 's' }).addCallback((result) => {
    result.observe(delay.percentile(99) / NANO)
    delay.reset()
  })
  of.createObservableGauge('db.client.connection.count').addCallback((result) => {
    for (const { name, ...counts } of readPools()) {
      for (const [state, count] of Object.entries(counts)) {
        result.observe(count, { 'db.client.connection.pool.name': name, state })
      }
    }
  })
}
