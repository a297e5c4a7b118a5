import type { ErrorEvent, Exception, StackFrame, withStreamedSpan } from '@sentry/node'

type StreamedSpan = Parameters<Parameters<typeof withStreamedSpan>[0]>[0]

/** Attributes of spans: those we set ourselves, and those Sentry needs to hold a trace together. */
const ATTRIBUTES =
  /^(sentry\.|http\.request\.method$|http\.route$|http\.response\.status_code$|job\.)/

const ROOT = new URL('../../', import.meta.url).pathname

/**
 * What is sent to Sentry, rebuilt from what may be: a field added by a later version of its library is not sent until
 * it is listed here.
 */
export function allowedEvent(event: ErrorEvent): ErrorEvent {
  return {
    type: undefined,
    event_id: event.event_id,
    timestamp: event.timestamp,
    level: event.level,
    platform: event.platform,
    environment: event.environment,
    release: event.release,
    sdk: event.sdk,
    transaction: event.transaction,
    tags: event.tags,
    request: event.request && { method: event.request.method, url: event.request.url },
    contexts: {
      trace: event.contexts?.trace,
      browser: event.contexts?.browser,
      os: event.contexts?.os,
      runtime: event.contexts?.runtime,
    },
    exception: { values: event.exception?.values?.map(allowedException) },
    sdkProcessingMetadata: event.sdkProcessingMetadata,
  }
}

/** A span with its own attributes only. */
export function allowedSpan(span: StreamedSpan): StreamedSpan {
  const attributes = Object.entries(span.attributes ?? {}).filter(([key]) => ATTRIBUTES.test(key))
  return { ...span, attributes: Object.fromEntries(attributes) }
}

function allowedException({ type, value, mechanism, stacktrace }: Exception): Exception {
  return {
    type,
    value,
    mechanism: mechanism && { type: mechanism.type, handled: mechanism.handled },
    stacktrace: { frames: stacktrace?.frames?.map(allowedFrame) },
  }
}

/** Where the code is on the machine is no one else's business. */
function allowedFrame({ filename, function: name, lineno, colno, in_app: inApp }: StackFrame) {
  return {
    filename: filename?.replace(ROOT, 'app:///'),
    function: name,
    lineno,
    colno,
    in_app: inApp,
  }
}
