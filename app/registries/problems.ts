import { Exception } from '@adonisjs/core/exceptions'

type Kind = { status: number; title: string; text: string }

/** What can go wrong with a request to the API: RFC 9457's `type` names one of these. */
export const problems = {
  unauthenticated: {
    status: 401,
    title: 'A token is needed',
    text: 'The request has no token, or one that is unknown, expired or revoked, or whose owner has left. Cookies are not read.',
  },
  insufficient_scope: {
    status: 403,
    title: 'The token lacks a scope',
    text: 'The token does not have the scope that this address needs.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    text: 'The token’s owner can see the record, but cannot do this.',
  },
  suspended: {
    status: 403,
    title: 'The organisation is suspended',
    text: 'Nothing is answered until it is resumed. Its owners know why.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    text: 'There is no such record, or the token’s owner cannot see it.',
  },
  conflict: {
    status: 409,
    title: 'Changed by someone else',
    text: 'The record has changed since `lock_version`. Read it again, then repeat your change.',
  },
  stale: {
    status: 412,
    title: 'Changed by someone else',
    text: 'The ETag in `If-Match` is not the record’s present one. Read the record again, then repeat your change.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'JSON is needed',
    text: 'Send the body as `application/json`.',
  },
  invalid: {
    status: 422,
    title: 'Invalid request',
    text: '`errors` lists what is wrong, each with a JSON pointer to the field or the name of the parameter.',
  },
  invalid_cursor: {
    status: 422,
    title: 'Not a cursor',
    text: '`cursor` did not come from this list. Start again without it.',
  },
  key_reused: {
    status: 422,
    title: 'The idempotency key was used for another request',
    text: 'The same `Idempotency-Key` came with another address or body within 24 hours.',
  },
  precondition_required: {
    status: 428,
    title: 'Say which version you change',
    text: 'Send the ETag of the record in `If-Match`, or its `lock_version` in the body.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    text: 'The token has no requests left. Wait as many seconds as `Retry-After` says, then try again.',
  },
  bad_request: {
    status: 400,
    title: 'The request cannot be read',
    text: 'Usually the body is not valid JSON.',
  },
  too_large: { status: 413, title: 'Too large', text: 'A body can be 1 MB at most.' },
  unavailable: {
    status: 503,
    title: 'Not available just now',
    text: 'Nothing was changed. Try again in a minute.',
  },
  server_error: {
    status: 500,
    title: 'Something went wrong',
    text: 'Nothing was changed. Quote `request_id` when you report it.',
  },
} satisfies Record<string, Kind>

export type ProblemName = keyof typeof problems

/** A request to the API that is answered with one of the problems. */
export class Problem extends Exception {
  constructor(
    readonly problem: ProblemName,
    readonly detail?: string,
    readonly headers: Record<string, string> = {}
  ) {
    super(problems[problem].title, { status: problems[problem].status, code: 'E_API_PROBLEM' })
  }
}
