import type { HttpContext } from '@adonisjs/core/http'
import type { NodeOptions } from '@sentry/node'
import { allowedEvent, allowedSpan } from '#monitoring/allowed'
import { requestFacts, wordsOf } from '#monitoring/request_facts'
import { errorOfTrouble, type Trouble } from '#monitoring/trouble'
import { browserFamily } from '#identity/browser_family'
import { errorOf, loggedError } from '#monitoring/logged_error'
import type { MonitoringSettings } from '#config/monitoring'

const FLUSH_MS = 2000
const DEPTH = 5

/** The library, once monitoring is set up: it is large, and most starts do not need it. */
let sentry: typeof import('@sentry/node') | undefined

/** Everything that the library would collect automatically, switched off by name. */
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
 * Starts error and performance monitoring. None of the library's own integrations is on: only `report` and `traced`
 * send errors and spans.
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

/** Sends what is still pending, and stops. */
export async function stopMonitoring() {
  await sentry?.close(FLUSH_MS)
  sentry = undefined
}

/** Reports that a request failed. Never throws, and does nothing where monitoring is not set up. */
export function reportRequest(error: unknown, ctx: HttpContext) {
  if (!sentry) return
  const { method, url, route, browser, requestId, session } = requestFacts(ctx)
  const [family, system] = browser.split(' on ')
  const { copy, rules } = safe(error, wordsOf(ctx))
  sentry.captureException(copy, (scope) =>
    scope
      .setTransactionName(`${method} ${route ?? '[unknown]'}`)
      .setTags({ request_id: requestId, session: session ?? undefined, ...rules })
      .setContext('browser', { name: family })
      .setContext('os', system ? { name: system } : null)
      .addEventProcessor((event) => ({ ...event, request: { method, url } }))
  )
}

/** Reports that a script failed in someone's browser. */
export function reportTrouble(trouble: Trouble, userAgent: string | undefined) {
  if (!sentry) return
  const [family, system] = browserFamily(userAgent).split(' on ')
  sentry.captureException(errorOfTrouble(trouble), (scope) =>
    scope
      .setTransactionName(`page ${trouble.route}`)
      .setContext('browser', { name: family })
      .setContext('os', system ? { name: system } : null)
  )
}

/** Whether failures are reported anywhere at all. */
export function isMonitoring() {
  return sentry !== undefined
}

/** Reports that a job failed. */
export function reportJob(error: unknown, { name, id }: { name: string; id: string }) {
  if (!sentry) return
  const { copy, rules } = safe(error)
  sentry.captureException(copy, (scope) =>
    scope.setTransactionName(`job ${name}`).setTags({ job: name, job_id: id, ...rules })
  )
}

/** Runs the work as a span: how long it took, under a name without personal data. */
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

/** The logged form of the error, with what the database or the system named; its frames are rarely ours. */
function safe(error: unknown, known: string[] = []) {
  const logged = loggedError(error, known, DEPTH)
  const { code, table, constraint, column } = logged
  // A copy: the error itself has yet to be answered.
  const copy = error instanceof Error ? errorOf(logged) : new Error(`Thrown: a ${typeof error}`)
  return { copy, rules: { code, table, constraint, column } }
}
