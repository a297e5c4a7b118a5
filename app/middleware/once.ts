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
    /**
     * The form that was sent, if it takes effect once. The code that opens the transaction of its change passes it on.
     */
    sentForm?: SentForm
  }
}

/** The part of a route's declaration that matters here. */
export type DeclaredOnce = { audits?: string; repeats?: string }
type Declared = () => DeclaredOnce

/** A random word; anything else is no key of ours. */
const KEY = /^[\w-]{20,64}$/

/** Fields that every rendering has anew, and the organisation, by which forms are told apart anyway. */
const NOT_CONTENT = new Set(['_csrf', '_method', '_once', 'organisation_id'])

/**
 * The form of this request, if it takes effect once: it has the key of its rendering, and its route changes a record. A
 * PUT or DELETE says what should be so, and sent twice it says the same.
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

/**
 * For guards that open no transaction: the controller claims the form with its own, and where it led is stored then.
 */
export async function withSentForm(ctx: HttpContext, declared: Declared, next: NextFn) {
  ctx.sentForm = await sentFormOf(ctx, declared, { ofMember: false })
  await next()
  // What was saved is saved: without the path, a second submission leads back to the form.
  await ctx.sentForm?.settleAfterwards(ledBy(ctx)).catch(() => {})
}

/** Where the form led, according to the answer. The secret of a link is never recorded. */
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

/** Files by content: another file may have the same name and size. */
function filesIn(request: HttpContext['request']) {
  return Promise.all(filesOf(request).map(contentOf))
}

async function contentOf({ fieldName, clientName, tmpPath }: MultipartFile) {
  const content = createHash('sha256')
  if (tmpPath) await pipeline(createReadStream(tmpPath), content)
  return [fieldName, clientName, content.digest('hex')]
}
