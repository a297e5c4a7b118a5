import app from '@adonisjs/core/services/app'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import { SESSION_COOKIE } from '#config/session'
import { answerProblem } from '#exceptions/api_problems'
import { aroundError } from '#exceptions/around'
import { leadOn } from '#exceptions/saved_already'
import { takeAnswerBack } from '#exceptions/taken_back'
import { isUnavailability, RETRY_SECONDS } from '#exceptions/unavailability'
import { isApi } from '#identity/api_address'
import { otherOrganisationHolding } from '#identity/elsewhere'
import { previousPath, secretPage } from '#identity/local_path'
import { keepToOurselves } from '#identity/secret_address'
import { USER_KEY } from '#identity/session_store'
import { suspensionNotice } from '#identity/suspension'
import { loggedError } from '#monitoring/logged_error'
import { wordsOf } from '#monitoring/request_facts'
import { reportRequest } from '#monitoring/sentry'
import Tenancy from '#tenancy/tenancy'

const PAGES: Record<number, string> = {
  403: 'forbidden',
  404: 'not_found',
  409: 'organisation_mismatch',
  413: 'too_large',
  422: 'unprocessable',
  429: 'too_many',
  503: 'unavailable',
}

/** Refusals of a whole form, whose page cannot show it again. */
const KEEPING_TYPED = [
  'E_BAD_CSRF_TOKEN',
  'E_ORGANISATION_MISMATCH',
  'E_TOO_MANY_QUESTIONS',
  'E_TOO_MANY_REQUESTS',
  'E_SIGN_IN_TOO_OLD',
]

/** What a form shows of its own accord when it is opened again. */
const NEVER_KEPT = ['_csrf', '_method', '_once', 'organisation_id']

/** The database's refusal of a write where nothing may be written. */
const READ_ONLY = '25006'

const ONLY_LOOKING =
  'You look into this organisation as a platform admin: you can read it, and neither change nor export anything.'

/** Answers every error with a page that says what happened and what to do, and undoes what was begun. */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = app.inDev && process.env.DEBUG_PAGES === '1'
  protected ignoreCodes = [
    'E_ROUTE_NOT_FOUND',
    'E_ROW_NOT_FOUND',
    'E_ORGANISATION_MISMATCH',
    'E_SIGN_IN_TOO_OLD',
    'E_API_PROBLEM',
    'E_ORGANISATION_SUSPENDED',
    'E_ONLY_LOOKING',
    'E_SAVED_ALREADY',
  ]

  /** Logs what failed and tells monitoring, both without what the request carried of the person. */
  async report(error: any, ctx: HttpContext) {
    const httpError = this.toHttpError(error)
    if (!this.shouldReport(httpError)) return
    const level = this.getErrorLogLevel(httpError)
    const err = loggedError(error, wordsOf(ctx))
    ctx.logger.log(
      level,
      { ...(level === 'error' ? { err } : {}), ...this.context(ctx) },
      err.message
    )
    if (statusOf(error) >= 500) reportRequest(error, ctx)
  }

  async handle(error: any, ctx: HttpContext) {
    Tenancy.fail(error)
    if (isApi(ctx.request)) {
      takeAnswerBack(ctx)
      return answerProblem(error, statusOf(error), ctx)
    }
    if (error.code === 'E_SAVED_ALREADY') return leadOn(ctx, error)
    if (error.code === 'E_VALIDATION_ERROR') return this.#backToForm(error, ctx)
    if (error.code === 'E_BAD_CSRF_TOKEN') return this.#formExpired(error, ctx)
    if (error.code === 'E_ORGANISATION_SUSPENDED')
      return this.#page(ctx, 403, 'suspended', { error })
    const status = statusOf(error)
    if (status >= 500 && this.debug) return super.handle(error, ctx)
    if (error.code === 'E_SIGN_IN_TOO_OLD') return this.#page(ctx, 403, 'sign_in_again', { error })
    if (error.code === 'E_STALE_RECORD') return this.#page(ctx, 409, 'stale', { error })
    return this.#page(
      ctx,
      status,
      PAGES[status] ?? (status < 500 ? 'unprocessable' : 'server_error'),
      {
        error,
      }
    )
  }

  /** Only a 303 is sure to be followed by a GET, whatever the method was. */
  async #backToForm(error: any, ctx: HttpContext) {
    await super.handle(error, ctx)
    if (ctx.response.getStatus() === 302) ctx.response.status(303)
  }

  /** What was typed waits for the form to be opened again. */
  async #formExpired(error: any, ctx: HttpContext) {
    const page = await this.#page(ctx, 403, 'form_expired', { error })
    if (mayKeep(ctx)) ctx.session.flashExcept(NEVER_KEPT)
    return page
  }

  async #page(ctx: HttpContext, status: number, page: string, { error }: { error: any }) {
    const elsewhere = status === 404 ? await otherOrganisationHolding(ctx).catch(() => null) : null
    ctx.response.status(status)
    takeAnswerBack(ctx)
    // An address without a route passes no middleware.
    ctx.htmx?.answerWhole()
    if (secretPage(ctx.request.url())) keepSecret(ctx)
    const wait = secondsToWait(error, status)
    if (wait) ctx.response.header('Retry-After', String(wait))
    const state = {
      status,
      otherOrganisation: elsewhere,
      formOrganisation: formOrganisation(ctx, error),
      minutes: error.minutes,
      suspension: page === 'suspended' ? await suspensionNotice(error) : null,
      why: status === 403 ? whyDenied(error) : null,
      returnTo: returnTo(ctx),
      wait: wait && inWords(wait),
      typed: KEEPING_TYPED.includes(error.code) && typedText(ctx),
      isKept: error.code === 'E_BAD_CSRF_TOKEN' && mayKeep(ctx),
      hasSession: (ctx.request.header('cookie') ?? '').includes(`${SESSION_COOKIE}=`),
      requestId: ctx.request.id(),
    }
    return ctx.response.send(await this.#render(ctx, `pages/errors/${page}`, state))
  }

  /** With the product around it where it can be told; an error page must not fail in its turn. */
  async #render(ctx: HttpContext, template: string, state: { status: number }) {
    try {
      ctx.view.share({ around: await aroundError(ctx, state.status) })
      return await ctx.view.render(template, state)
    } catch (error) {
      ctx.logger.error({ err: loggedError(error, wordsOf(ctx)) }, 'An error page failed')
      ctx.view.share({ around: null, flashMessages: null })
      return ctx.view.render(template, state)
    }
  }
}

/** What failed before its own page could be made tells of its address no more than that page does, and asks nothing. */
function keepSecret(ctx: HttpContext) {
  keepToOurselves(ctx)
  ctx.view.share({ asksNothing: true })
}

/**
 * The address to come back to: this page if it can be reopened, else the one the form stood on. Of a page whose address
 * holds a secret browsers do not tell.
 */
function returnTo(ctx: HttpContext) {
  const { request } = ctx
  if (request.method() === 'GET') return request.url(true)
  return previousPath(ctx, secretPage(request.url()) ?? '/projects')
}

/**
 * The words of a form that was refused as a whole, so that they can be copied: the page they were written
 * on may be gone. Only a form of this site; another could put words into our mouth.
 */
function typedText(ctx: HttpContext) {
  if (!isFromHere(ctx)) return []
  const { request } = ctx
  return Object.values(request.body()).filter(
    (value): value is string => typeof value === 'string' && /\s/.test(value) && !isJson(value)
  )
}

/** Only for whoever goes on being signed in, and only what this site's own form sent. */
function mayKeep(ctx: HttpContext) {
  return isFromHere(ctx) && Boolean(ctx.session?.get(USER_KEY))
}

function isFromHere({ request }: HttpContext) {
  const origin = request.header('origin')
  return Boolean(origin) && URL.canParse(origin!) && new URL(origin!).host === request.host()
}

/** What a form carries for its own use. */
function isJson(value: string) {
  return value.startsWith('{')
}

function formOrganisation({ viewer }: HttpContext, error: any) {
  if (error.code !== 'E_ORGANISATION_MISMATCH') return null
  return viewer?.organisations.find(({ id }) => id === error.organisationId) ?? null
}

/** What a policy says about its refusal, where it says more than that the role is another's. */
function whyDenied({ code, response }: any): string | null {
  if ([READ_ONLY, 'E_ONLY_LOOKING'].includes(code)) return ONLY_LOOKING
  return code === 'E_AUTHORIZATION_FAILURE' ? (response?.message ?? null) : null
}

/** Until a limit lets through again, or what is away may be back; 0 for every other error. */
function secondsToWait({ code, response }: any, status: number): number {
  if (code === 'E_TOO_MANY_REQUESTS') return Math.max(1, response.availableIn)
  return status === 503 ? RETRY_SECONDS : 0
}

function inWords(seconds: number) {
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}

function statusOf(error: any): number {
  if (error.code === 'E_ROW_NOT_FOUND') return 404
  if (error.code === READ_ONLY) return 403
  if (isUnavailability(error)) return 503
  return error.status ?? 500
}
