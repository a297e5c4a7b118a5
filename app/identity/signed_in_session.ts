import encryption from '@adonisjs/core/services/encryption'
import type { HttpContext } from '@adonisjs/core/http'
import { v7 as uuidv7 } from 'uuid'
import { accountValue, record } from '#audit/events'
import type { Identity } from '#identity/claimed_identity'
import { ORGANISATION_COOKIE } from '#identity/organisation_choice'
import { onPlatform } from '#identity/platform'
import { AUDIT_ID, endSession, USER_KEY } from '#identity/session_store'
import { SignInRefused } from '#identity/sign_in_refused'
import Erasure from '#models/erasure'
import { isUniqueViolation, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const ID_TOKEN = 'id_token'

/**
 * Signs a verified person in under a new session id, so that a planted one opens nothing. Throws SignInRefused, having
 * written nothing, when the address is bound to another account.
 */
export async function startSession(ctx: HttpContext, identity: Identity & { idToken: string }) {
  const auditId = uuidv7()
  const userId = await onPlatform(
    ctx,
    async () => {
      const id = await account(identity)
      const session = { entityType: 'session', entityId: auditId }
      await record({ action: 'session.started', ...session, values: accountValue(id) })
      return id
    },
    'visitor'
  )
  ctx.session.clear()
  ctx.session.regenerate()
  ctx.session.put(USER_KEY, userId)
  ctx.session.put(AUDIT_ID, auditId)
  ctx.session.put(ID_TOKEN, encryption.encrypt(identity.idToken, { purpose: ID_TOKEN }))
}

/** Ends the session at once, before asking anyone else. Returns the id_token it was started with. */
export async function finishSession(ctx: HttpContext): Promise<string | undefined> {
  const { session, response } = ctx
  const sealed = session.get(ID_TOKEN)
  const entityId = session.get(AUDIT_ID) ?? uuidv7()
  const values = accountValue(session.get(USER_KEY) ?? null)
  await onPlatform(ctx, async () => {
    await endSession(Tenancy.current().trx, session.sessionId)
    await record({ action: 'session.ended', entityType: 'session', entityId, values })
  })
  session.clear()
  session.regenerate()
  response.clearCookie(ORGANISATION_COOKIE)
  return (sealed && encryption.decrypt<string>(sealed, ID_TOKEN)) ?? undefined
}

async function account({ subject, email, name }: Identity): Promise<string> {
  if (await Erasure.isUnderWayFor(email)) throw new SignInRefused('erased')
  const values = [uuidv7(), subject, email, name]
  const { trx } = Tenancy.current()
  const [{ id }] = await sql(trx, 'select directory.sign_in(?, ?, ?, ?) as id', values).catch(
    (error) => {
      throw isUniqueViolation(error) ? new SignInRefused('taken', error) : error
    }
  )
  if (!id) throw new SignInRefused('erased')
  return id
}
