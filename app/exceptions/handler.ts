import app from '@adonisjs/core/services/app'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import { answerProblem } from '#exceptions/api_problems'
import { aroundError } from '#exceptions/around'
import { orOfNoProject } from '#exceptions/gone_project'
import { mayKeep, pageState, secondsToWait, statusOf } from '#exceptions/page_state'
import { leadOn } from '#exceptions/saved_already'
import { FORM_PAGE } from '#exceptions/sent_form'
import { takeAnswerBack } from '#exceptions/taken_back'
import { isApi } from '#identity/api_address'
import { otherOrganisationHolding } from '#identity/elsewhere'
import { localPath, secretPage } from '#identity/local_path'
import { keepToOurselves } from '#identity/secret_address'
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

/** What a form shows of its own accord when it is opened again. */
const NEVER_KEPT = ['_csrf', FORM_PAGE, '_method', '_once', 'organisation_id']

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

  /** Logs the failure and reports it to monitoring, both without the person's data. */
  async report(raised: any, ctx: HttpContext) {
    const error = orOfNoProject(raised)
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

  async handle(raised: any, ctx: HttpContext) {
    Tenancy.fail(raised)
    const error = orOfNoProject(raised)
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

  /** What was typed is kept for when the form is opened again; someone who signed in for it goes straight back. */
  async #formExpired(error: any, ctx: HttpContext) {
    const form = ctx.request.input(FORM_PAGE)
    if (form && mayKeep(ctx)) return this.#backFilled(ctx, localPath(form, '/projects'))
    const page = await this.#page(ctx, 403, 'form_expired', { error })
    if (mayKeep(ctx)) ctx.session.flashExcept(NEVER_KEPT)
    return page
  }

  #backFilled(ctx: HttpContext, path: string) {
    ctx.session.flashExcept(NEVER_KEPT)
    ctx.session.flash(
      'info',
      'You are signed in again. Nothing was saved yet: check what you typed, then send it.'
    )
    return ctx.htmx.leaveTo(path)
  }

  async #page(ctx: HttpContext, status: number, page: string, { error }: { error: any }) {
    const elsewhere = status === 404 ? await otherOrganisationHolding(ctx).catch(() => null) : null
    ctx.response.status(status)
    takeAnswerBack(ctx)
    // An address without a route passes no middleware.
    ctx.htmx?.answerWhole()
    // Its address may be anything that was typed.
    ctx.withoutAnalytics?.()
    if (secretPage(ctx.request.url())) keepSecret(ctx)
    const wait = secondsToWait(error, status)
    if (wait) ctx.response.header('Retry-After', String(wait))
    const suspension = page === 'suspended' ? await suspensionNotice(error) : null
    const state = { ...pageState(error, status, ctx), otherOrganisation: elsewhere, suspension }
    return ctx.response.send(await this.#render(ctx, `pages/errors/${page}`, state))
  }

  /** Shows the product around it when possible; an error page must not fail in its turn. */
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

/** What failed before its own page existed says no more of its address than that page does, and queries nothing. */
function keepSecret(ctx: HttpContext) {
  keepToOurselves(ctx)
  ctx.view.share({ asksNothing: true })
}
