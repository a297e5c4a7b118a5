import type { HttpContext } from '@adonisjs/core/http'
import { pageAddress } from '#identity/page_address'
import { RETRY_SECONDS } from '#exceptions/unavailability'
import { problems, type ProblemName } from '#registries/problems'

type Found = { field: string; message: string }

const BY_CODE: Record<string, ProblemName> = {
  E_VALIDATION_ERROR: 'invalid',
  E_AUTHORIZATION_FAILURE: 'forbidden',
  E_ORGANISATION_SUSPENDED: 'suspended',
  E_TOO_MANY_REQUESTS: 'rate_limited',
}

const BY_STATUS: Record<number, ProblemName> = {
  400: 'bad_request',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported_media_type',
  503: 'unavailable',
}

/** Answers an error as RFC 9457 describes, with what the caller can do about it. */
export function answerProblem(error: any, status: number, { request, response }: HttpContext) {
  const name = problemIn(error, status, request)
  const { title, text, status: answered } = problems[name]
  for (const [header, value] of Object.entries(headersOf(error, status))) {
    response.header(header, String(value))
  }
  response.status(answered).header('content-type', 'application/problem+json; charset=utf-8')
  return response.send(
    JSON.stringify({
      type: pageAddress(`/api#${name}`),
      title,
      status: answered,
      detail: detailOf(error, name) ?? text,
      request_id: request.id(),
      ...(name === 'invalid' && { errors: errorsOf(error.messages, request.method()) }),
    })
  )
}

function headersOf({ code, headers = {}, response }: any, status: number): Record<string, unknown> {
  if (status === 503) return { ...headers, 'retry-after': RETRY_SECONDS }
  if (code !== 'E_TOO_MANY_REQUESTS') return headers
  const seconds = Math.max(1, response.availableIn)
  return { 'retry-after': seconds, 'RateLimit': `"token";r=0;t=${seconds}` }
}

function problemIn(error: any, status: number, request: HttpContext['request']): ProblemName {
  if (error.code === 'E_API_PROBLEM') return error.problem
  if (error.code === 'E_STALE_RECORD' && request.header('if-match')) return 'stale'
  return BY_CODE[error.code] ?? BY_STATUS[status] ?? (status < 500 ? 'bad_request' : 'server_error')
}

/** The policy's own reason for refusing, if it says more than that the role lacks the right. */
function detailOf(error: any, name: ProblemName): string | undefined {
  return name === 'forbidden' ? error.response?.message : error.detail
}

/** A read has parameters, a write a body: there `decisions.0.what` is at `#/decisions/0/what`. */
function errorsOf(found: Found[], method: string) {
  return found.map(({ field, message: detail }) =>
    method === 'GET' ? { parameter: field, detail } : { pointer: pointerTo(field), detail }
  )
}

function pointerTo(field: string) {
  return `#/${field.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('.', '/')}`
}
