import type { HttpContext } from '@adonisjs/core/http'
import { SESSION_COOKIE } from '#config/session'
import { otherWay } from '#exceptions/other_way'
import { FORM_PAGE, sentForm } from '#exceptions/sent_form'
import { isUnavailability, RETRY_SECONDS } from '#exceptions/unavailability'
import { localPath, previousPath, secretPage } from '#identity/local_path'
import { isForAnyone } from '#identity/openable'
import { USER_KEY } from '#identity/session_store'
import { isFromHere, typedText } from '#identity/typed_words'
import SavedView from '#models/saved_view'

/** Refusals of a whole form, whose page cannot show it again. */
const KEEPING_TYPED = [
  'E_BAD_CSRF_TOKEN',
  'E_TOO_MANY_QUESTIONS',
  'E_TOO_MANY_REQUESTS',
  'E_SIGN_IN_TOO_OLD',
]

/** Likewise failures, and what is gone, no longer allowed, or was changed by someone else. */
const KEEPING_TYPED_OF = [403, 404, 409, 500, 503]

/** The database's refusal of a write where nothing may be written. */
const READ_ONLY = '25006'

const ONLY_LOOKING =
  'You are looking into this organisation as a platform admin. You can read it, but not change or export anything.'

/** What an error page says, and offers to do. */
export function pageState(error: any, status: number, ctx: HttpContext) {
  const wait = secondsToWait(error, status)
  const isExpired = error.code === 'E_BAD_CSRF_TOKEN'
  const again = status >= 500 || isExpired ? sentForm(ctx) : null
  const why = status === 403 ? whyDenied(error, ctx) : null
  return {
    status,
    formOrganisation: formOrganisation(ctx, error),
    minutes: error.minutes,
    why,
    otherWay: status === 403 && !why ? otherWay(ctx) : null,
    returnTo: returnTo(ctx),
    wholeList: wholeList(error, ctx),
    wait: wait && inWords(wait),
    wrote: ctx.request.intended() !== 'GET',
    again,
    typed: (!again || status !== 503) && keepsTyped(error, status) && typedText(ctx.request),
    isForAnyone: isExpired && isForAnyone(ctx),
    isKept: isExpired && mayKeep(ctx),
    hasSession: (ctx.request.header('cookie') ?? '').includes(`${SESSION_COOKIE}=`),
    requestId: ctx.request.id(),
  }
}

/**
 * The address to come back to: this page if it can be reopened, else the one the form stood on. Of a page whose address
 * holds a secret browsers do not tell.
 */
function returnTo(ctx: HttpContext) {
  const { request } = ctx
  if (request.method() === 'GET') return request.url(true)
  const previous = previousPath(ctx, secretPage(request.url()) ?? '/projects')
  return localPath(request.input(FORM_PAGE), previous)
}

/** Where a list is opened without the view that its address names: it was deleted, or is not shared any more. */
function wholeList({ model }: any, { request }: HttpContext) {
  return model === SavedView && request.qs().view ? `${request.url()}?view=all` : null
}

function keepsTyped({ code }: any, status: number) {
  return KEEPING_TYPED.includes(code) || KEEPING_TYPED_OF.includes(status)
}

/** Only for people who stay signed in, and only what this site's own form sent. */
export function mayKeep(ctx: HttpContext) {
  return isFromHere(ctx.request) && Boolean(ctx.session?.get(USER_KEY))
}

function formOrganisation({ viewer }: HttpContext, error: any) {
  if (error.code !== 'E_ORGANISATION_MISMATCH') return null
  return viewer?.organisations.find(({ id }) => id === error.organisationId) ?? null
}

/** The policy's own reason for refusing, if it says more than that the role lacks the right. */
function whyDenied({ code, response }: any, { viewer }: HttpContext): string | null {
  if (viewer?.access || [READ_ONLY, 'E_ONLY_LOOKING'].includes(code)) return ONLY_LOOKING
  return code === 'E_AUTHORIZATION_FAILURE' ? (response?.message ?? null) : null
}

/** Until a limit resets, or what is down may be back; 0 for every other error. */
export function secondsToWait({ code, response }: any, status: number): number {
  if (code === 'E_TOO_MANY_REQUESTS') return Math.max(1, response.availableIn)
  return status === 503 ? RETRY_SECONDS : 0
}

function inWords(seconds: number) {
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}

/** The status that an error is answered with. */
export function statusOf(error: any): number {
  if (error.code === 'E_ROW_NOT_FOUND') return 404
  if (error.code === READ_ONLY) return 403
  if (isUnavailability(error)) return 503
  return error.status ?? 500
}
