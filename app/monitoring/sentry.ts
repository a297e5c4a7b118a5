import type { HttpContext } from '@adonisjs/core/http'
import type { NodeOptions } from '@sentry/node'
import { allowedEvent, allowedSpan } from '#monitoring/allowed'
import { requestFacts, wordsOf } from '#monitoring/request_facts'
import { framesOf, loggedError } from '#monitoring/logged_error'
import { scrubbedText } from '#monitoring/scrubbing'
import type { MonitoringSettings } from '#config/monitoring'

const FLUSH_MS = 2000
const DEPTH = 5

/** The library, once monitoring is set up: it is large, and most starts do without. */
let sentry: typeof import('@sentry/node') | undefined

/** Everything that the library would collect by itself, switched off by name. */
const NOTHING: NodeOptions['dataCollection'] = {
  userInfo: false,
  cookies: false,
  httpHeaders: false,
  httpBodies: [],
  urlQueryParams: false,
  graphQL: { document: false, variables: false },
  genAI: { inputs: false, outputs: false },
  mcp: { inputs: false, outputs: false },
  databaseQueryData: false,
  queues: false,
  stackFrameVariables: false,
  frameContextLines: 0,
}

/**
 * Starts error and performance monitoring. None of the library's own integrations is on: errors and
 * spans are those that `report` and `traced` hand over.
 */
export async function startMonitoring(settings: MonitoringSettings) {
  const { dsn, release, environment, tracesSampleRate } = settings
  if (!dsn) return
  sentry = await import('@sentry/node')
  sentry.init({
    dsn,
    release,
    environment,
    tracesSampleRate,
    serverName: '-',
    sendClientReports: false,
    maxBreadcrumbs: 0,
    dataCollection: NOTHING,
    defaultIntegrations: false,
    integrations: [sentry.linkedErrorsIntegration({ limit: DEPTH })],
    beforeBreadcrumb: () => null,
    beforeSend: allowedEvent,
    beforeSendSpan: sentry.withStreamedSpan(allowedSpan),
  })
}

/** Sends what is still on its way, and stops. */
export async function stopMonitoring() {
  await sentry?.close(FLUSH_MS)
  sentry = undefined
}

/** Reports that a request failed. Never throws, and does nothing where monitoring is not set up. */
export function reportRequest(error: unknown, ctx: HttpContext) {
  if (!sentry) return
  const { method, url, route, browser, requestId, session } = requestFacts(ctx)
  const [family, system] = browser.split(' on ')
  sentry.captureException(withSafeWords(error, wordsOf(ctx)), (scope) =>
    scope
      .setTransactionName(`${method} ${route ?? '[unknown]'}`)
      .setTags({ request_id: requestId, session: session ?? undefined, ...rulesOf(error) })
      .setContext('browser', { name: family })
      .setContext('os', system ? { name: system } : null)
      .addEventProcessor((event) => ({ ...event, request: { method, url } }))
  )
}

/** Reports that a job failed. */
export function reportJob(error: unknown, { name, id }: { name: string; id: string }) {
  if (!sentry) return
  sentry.captureException(withSafeWords(error, []), (scope) =>
    scope.setTransactionName(`job ${name}`).setTags({ job: name, job_id: id, ...rulesOf(error) })
  )
}

/** Does the work as a span of its own: how long it took, under a name without personal data. */
export function traced<T>(
  { name, op, attributes }: { name: string; op: string; attributes?: Record<string, string> },
  work: (tell: (facts: Record<string, string | number>, name?: string) => void) => Promise<T>
): Promise<T> {
  const { withIsolationScope, startSpan } = sentry ?? {}
  if (!withIsolationScope || !startSpan) return work(() => {})
  return withIsolationScope(() =>
    startSpan({ name, op, attributes, forceTransaction: true }, (span) =>
      work((facts, newName) => {
        span.setAttributes(facts)
        if (newName) span.updateName(newName)
      })
    )
  )
}

/** What the database or the system named; a failure of the database has no frames of ours. */
function rulesOf(error: unknown) {
  const { code, table, constraint, column } = loggedError(error)
  return { code, table, constraint, column }
}

/** A copy that says the same without the person's words; the error itself is still to be answered. */
function withSafeWords(error: unknown, known: string[], depth = DEPTH): Error {
  if (!(error instanceof Error)) return new Error(`Thrown: a ${typeof error}`)
  const copy = new Error(scrubbedText(error.message, known))
  copy.name = error.name
  copy.stack = `${error.name}\n${framesOf(error)}`
  if (error.cause && depth > 0) copy.cause = withSafeWords(error.cause, known, depth - 1)
  return copy
}
