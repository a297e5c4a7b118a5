import { readFileSync } from 'node:fs'
import env from '#start/env'

export type MonitoringSettings = {
  /** Where errors and traces go; without one there is no monitoring. */
  dsn: string | undefined
  release: string
  environment: string
  /** The share of requests and jobs that are timed, from 0 to 1. */
  tracesSampleRate: number
}

export type MetricsSettings = {
  /** The operator's own OpenTelemetry collector; without one nothing is measured. */
  endpoint: string | undefined
  /** The headers it asks for, such as a token, by name. */
  headers: Record<string, string>
  release: string
  everyMs: number
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** Where failures are reported. */
export function monitoringSettings(): MonitoringSettings {
  return {
    dsn: env.get('SENTRY_DSN'),
    release: release(),
    environment: env.get('NODE_ENV'),
    tracesSampleRate: env.get('SENTRY_TRACES_SAMPLE_RATE') ?? 0.05,
  }
}

/** Where metrics are sent, and how often. */
export function metricsSettings(): MetricsSettings {
  return {
    endpoint: env.get('OTEL_EXPORTER_OTLP_ENDPOINT'),
    headers: headersOf(env.get('OTEL_EXPORTER_OTLP_HEADERS')?.release() ?? ''),
    release: release(),
    everyMs: 60_000,
  }
}

/** In OpenTelemetry's format: name=value, separated by commas. */
function headersOf(text: string) {
  const pairs = text.split(',').filter((pair) => pair.includes('='))
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, ...value] = pair.split('=')
      return [name.trim(), decodeURIComponent(value.join('=').trim())]
    })
  )
}

function release() {
  return env.get('RELEASE') ?? `orchestrate@${version}`
}
