import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@adonisjs/core/bodyparser'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { holdsSecret } from '#identity/local_path'
import { SentForm, type Led } from '#identity/sent_forms'
import { USER_KEY } from '#identity/session_store'
import { filesOf } from '#middleware/uploaded_files'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** The form that was sent, where it takes effect once. Whoever opens the transaction of its change names it. */
    sentForm?: SentForm
  }
}

/** What a route says of itself, as far as it matters here. */
export type DeclaredOnce = { audits?: string; repeats?: string }
type Declared = () => DeclaredOnce

/** A random word; anything else is no key of ours. */
const KEY = /^[\w-]{20,64}$/

/** What each rendering has anew, and the organisation, by which forms are told apart anyway. */
const NOT_CONTENT = new Set(['_csrf', '_method', '_once', 'organisation_id'])

/**
 * The form of this request, if it is to take effect once: it came with the key of its rendering, to a route that
 * changes a record. A PUT or DELETE says what is to be so, and sent twice it says the same.
 */
export async function sentFormOf(
  ctx: HttpContext,
  declared: Declared,
  { ofMember }: { ofMember: boolean }
) {
  const { request, session } = ctx
  if (request.method() !== 'POST') return undefined
  const key = request.input('_once')
  if (typeof key !== 'string' || !KEY.test(key) || !takesEffectOnce(declared())) return undefined
  const who: string = session.get(USER_KEY) ?? ''
  const content = [who, key, request.url(true), fieldsOf(request.body()), await filesIn(request)]
  return new SentForm(JSON.stringify(content), ofMember)
}

/** For guards that open no transaction: the controller claims the form with its own, and where it led is kept then. */
export async function withSentForm(ctx: HttpContext, declared: Declared, next: NextFn) {
  ctx.sentForm = await sentFormOf(ctx, declared, { ofMember: false })
  await next()
  // What was saved is saved: without the path, whoever sends it again is led back to the form.
  await ctx.sentForm?.settleAfterwards(ledBy(ctx)).catch(() => {})
}

/** What the answer that is ready says of where the form led. The secret of a link is written down nowhere. */
export function ledBy({ response }: HttpContext): Led {
  const path = response.getHeader('location') ?? response.getHeader('hx-redirect')
  const isKept = typeof path === 'string' && !holdsSecret(path)
  return { status: response.getStatus(), path: isKept ? path : null }
}

function takesEffectOnce({ audits, repeats }: DeclaredOnce) {
  return audits !== undefined && repeats === undefined
}

function fieldsOf(body: Record<string, unknown>) {
  return Object.entries(body).filter(([name]) => !NOT_CONTENT.has(name))
}

/** Files by what is in them: another file may have the same name and size. */
function filesIn(request: HttpContext['request']) {
  return Promise.all(filesOf(request).map(contentOf))
}

async function contentOf({ fieldName, clientName, tmpPath }: MultipartFile) {
  const content = createHash('sha256')
  if (tmpPath) await pipeline(createReadStream(tmpPath), content)
  return [fieldName, clientName, content.digest('hex')]
}
