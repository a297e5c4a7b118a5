import logger from '@adonisjs/core/services/logger'
import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import { identityProvider } from '#identity/identity_provider'
import { localPath } from '#identity/local_path'
import { finishSession, startSession } from '#identity/signed_in_session'
import { SignInRefused } from '#identity/sign_in_refused'

const MAXIMUM_HINT = 254

export default class SessionsController {
  /** The sign-in page. Under another host name the provider's answer would meet a different cookie jar. */
  create({ htmx, person, request, response, session }: HttpContext) {
    const returnTo = localPath(session.get('return_to') ?? request.input('return_to'), '/')
    if (request.host() !== new URL(appUrl).host) {
      const query = new URLSearchParams({ return_to: returnTo })
      return response.seeOther(`${appUrl}/sign-in?${query}`)
    }
    if (person) return response.seeOther(returnTo)
    const demoPeople = identityProvider().people.map(({ title, ...rest }) => ({
      ...rest,
      role: title,
    }))
    return htmx.page('pages/sessions/new', { returnTo, demoPeople })
  }

  /** Sends the browser to the identity provider. */
  async store(ctx: HttpContext) {
    const { ally, request, session } = ctx
    const returnTo = localPath(request.input('return_to') ?? session.get('return_to'), '/')
    const hint = request.input('login_hint')
    const loginHint = typeof hint === 'string' ? hint.slice(0, MAXIMUM_HINT) : undefined
    try {
      await ally
        .use('oidc')
        .asking({ returnTo, loginHint, again: request.input('again') === '1' })
        .redirect()
    } catch (error) {
      return refuse(ctx, error)
    }
  }

  /** The identity provider sends the browser back. */
  async callback(ctx: HttpContext) {
    const driver = ctx.ally.use('oidc')
    try {
      const { id, email, name, token } = await driver.user()
      await startSession(ctx, { subject: id, email: email!, name, idToken: token.token })
      return ctx.response.seeOther(driver.returnTo())
    } catch (error) {
      return refuse(ctx, error)
    }
  }

  /** Signs out here first, then at the identity provider if it answers. */
  async destroy(ctx: HttpContext) {
    const idToken = await finishSession(ctx)
    const elsewhere = await identityProvider().signOutUrl(`${appUrl}/sign-in`, idToken)
    ctx.session.flash(
      'success',
      elsewhere
        ? 'You have signed out.'
        : 'You have signed out of Orchestrate. The identity provider did not respond, so you may still be signed in there.'
    )
    return ctx.response.seeOther(elsewhere?.href ?? '/sign-in')
  }
}

function refuse({ htmx, response }: HttpContext, error: unknown) {
  if (!(error instanceof SignInRefused)) throw error
  const { reason, title, text, status } = error
  logger.warn({ reason, cause: causeOf(error) }, 'sign-in refused')
  response.status(status)
  return htmx.page('pages/sessions/refused', { title, text, status })
}

/** Codes only: the messages of these errors quote tokens and claims. */
function causeOf({ cause }: { cause?: unknown }) {
  const { name, code } = (cause ?? {}) as { name?: string; code?: string }
  return { name, code }
}
