import { randomUUID } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import { expireAnalyticsCookies } from '#identity/analytics_cookies'
import {
  choiceIn,
  CONSENT_COOKIE,
  cookieValue,
  sendsPrivacyControl,
  type Choice,
} from '#identity/consent_choice'
import { localPath, previousPath } from '#identity/local_path'
import { USER_KEY } from '#identity/session_store'
import ConsentRecord, { type Mechanism } from '#models/consent_record'
import { consentNotice } from '#registries/consent_notice'
import { currentVersion } from '#registries/policy_versions'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { updateConsent } from '#validators/consent'

const OUTCOMES = {
  accepted: 'You have accepted analytics. You can change this at any time under Cookie choices.',
  rejected: 'You have rejected analytics. Its cookies on this site have been removed.',
}

export default class ConsentsController {
  edit({ htmx, request }: HttpContext) {
    return htmx.page('pages/consents/edit', { gpc: sendsPrivacyControl(request) })
  }

  /** Stores the choice for a year. Rejecting also expires Clarity's cookies on this site. */
  async update(ctx: HttpContext) {
    const { request, response, session } = ctx
    const { answer, mechanism = 'page' } = await request.validateUsing(updateConsent)
    const receipt = answer === 'accepted' ? await grant(ctx, mechanism) : null
    response.cookie(CONSENT_COOKIE, cookieValue(answer, receipt), { maxAge: '365d' })
    if (answer === 'rejected') {
      expireAnalyticsCookies(ctx)
      await refuse(ctx, mechanism)
    }
    session.flash('success', OUTCOMES[answer])
    return response.seeOther(localPath(request.input('return_to'), previousPath(ctx, '/')))
  }
}

/** Consent that cannot be proved is no consent: if this fails, nothing is switched on. */
async function grant(ctx: HttpContext, mechanism: Mechanism) {
  const receipt = randomUUID()
  await keep(ctx, { decision: 'granted', receipt, mechanism })
  return receipt
}

/** A refusal counts even where it cannot be recorded. */
async function refuse(ctx: HttpContext, mechanism: Mechanism) {
  const { logger, request } = ctx
  await keep(ctx, { ...refusalOf(choiceIn(request)), mechanism }).catch((error) => {
    logger.error({ err: error }, 'a refusal of cookies could not be recorded')
  })
}

/** Anyone who accepted before withdraws that consent; the receipt says which one ends. */
function refusalOf(earlier: Choice | null) {
  const receipt = earlier?.answer === 'accepted' ? earlier.receipt : null
  return { decision: receipt ? ('withdrawn' as const) : ('denied' as const), receipt }
}

function keep(
  { session }: HttpContext,
  choice: Pick<ConsentRecord, 'decision' | 'receipt' | 'mechanism'>
) {
  return Tenancy.system(PLATFORM, () =>
    ConsentRecord.keep({
      ...choice,
      notice: consentNotice,
      policyVersion: currentVersion().version,
      userId: session.get(USER_KEY) ?? null,
    })
  )
}
