import type { HttpContext } from '@adonisjs/core/http'
import { refuseUnknownFields } from '#controllers/api/body'
import type { ListAnswer } from '#pages/api/paging'
import { refuse } from '#models/violation'
import { Problem } from '#registries/problems'

type Versioned = { lockVersion: number }
type Body = Record<string, unknown>

/** A record, with the ETag by which a change says which version it is of. */
export function answerRecord({ request, response }: HttpContext, body: Body, of: Versioned) {
  const tag = tagOf(of)
  response.header('etag', tag)
  const isRead = ['GET', 'HEAD'].includes(request.method())
  if (isRead && isKnown(request.header('if-none-match'), tag)) return response.status(304).send('')
  return response.json(body)
}

/** Proxies that compress call tags weak; where nothing is changed, that makes no difference (RFC 9110). */
function isKnown(given: string | undefined, tag: string) {
  const tags = given?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? []
  return tags.includes(tag) || tags.includes('*')
}

/** What was just created, and its address. */
export function answerCreated(ctx: HttpContext, path: string, body: Body, of: Versioned) {
  ctx.response.status(201).header('location', path).header('etag', tagOf(of))
  return ctx.response.json(body)
}

/** One page of a list, and the address of the next. */
export function answerList({ request, response }: HttpContext, list: ListAnswer) {
  if (list.next_cursor) {
    const next = new URLSearchParams(request.qs() as Record<string, string>)
    next.set('cursor', list.next_cursor)
    response.header('link', `<${request.url()}?${next}>; rel="next"`)
  }
  return response.json(list)
}

/**
 * Lays the body of a request over the present record, so that the validators of the product's forms judge the whole;
 * the version comes from `If-Match` or `lock_version`. Throws a problem when neither gives it.
 */
export function layOver(ctx: HttpContext, present: Body, record: Versioned) {
  const { request } = ctx
  refuseUnknownFields(ctx)
  const given = request.body()
  request.updateBody({ ...present, ...given, lock_version: versionIn(request, record) })
}

/** A status is changed at its own address: throws a violation when a change of the record includes another. */
export function refuseStatus({ request }: HttpContext, { status }: { status: string }) {
  if (request.input('status', status) === status) return
  refuse('status', 'A status changes at the address of the record followed by /status')
}

function versionIn(request: HttpContext['request'], record: Versioned) {
  const tag = request.header('if-match')
  if (tag === '*') return record.lockVersion
  // A tag that is not ours is the tag of no version.
  if (tag) return Number(/^"(\d{1,9})"$/.exec(tag)?.[1] ?? 999_999_999)
  const version = request.input('lock_version')
  if (version === undefined) throw new Problem('precondition_required')
  return version
}

function tagOf({ lockVersion }: Versioned) {
  return `"${lockVersion}"`
}
