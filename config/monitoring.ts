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

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** Where failures are told. */
export function monitoringSettings(): MonitoringSettings {
  return {
    dsn: env.get('SENTRY_DSN'),
    release: env.get('RELEASE') ?? `orchestrate@${version}`,
    environment: env.get('NODE_ENV'),
    tracesSampleRate: env.get('SENTRY_TRACES_SAMPLE_RATE') ?? 0.05,
  }
}
