import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Bouncer } from '@adonisjs/bouncer'
import { isFresh, SignInTooOld } from '#identity/fresh_session'
import { localPath, previousPath } from '#identity/local_path'
import { lookIn } from '#identity/looking_in'
import { recognise } from '#identity/recognition'
import { SavedAlready } from '#identity/sent_forms'
import { USER_KEY } from '#identity/session_store'
import { keepWithChange, keepWithoutChange } from '#identity/session_with_change'
import type { Viewer } from '#identity/viewer'
import {
  activeOrganisation,
  followOrganisationLink,
  ORGANISATION_COOKIE,
} from '#identity/organisation_choice'
import { admit, askAhead, type AskedAhead } from '#middleware/admission'
import { ledBy, sentFormOf, withSentForm, type DeclaredOnce } from '#middleware/once'
import { onReplica, rememberWrite } from '#middleware/replica_reads'
import type Project from '#models/project'
import type { Ability } from '#policies/permissions'
import type { Entry, Tenant } from '#tenancy/entry'
import Tenancy, { PLATFORM, RolledBack, type Ahead } from '#tenancy/tenancy'

/** What a route declared, once a request reaches it. */
type Declared = () => DeclaredOnce & { readsReplica?: boolean }

/** Where someone begins who asked for nothing else. */
const HOME = '/work'

/** A signed-in person before any organisation is chosen. */
export type Person = Omit<Entry, 'membership' | 'organisation'>

declare module '@adonisjs/core/http' {
  interface HttpContext {
    person?: Person
    viewer: Viewer
    project: Project
    bouncer: Bouncer<Viewer>
    /** How many unread notices a member has, for the navigation. */
    unreadLabel?: () => Promise<string | null>
  }
}

/** Anyone. A signed-in visitor is recognised, so that the page can greet them. */
export function asGuest(declared: Declared) {
  return async (ctx: HttpContext, next: NextFn) => {
    await recognise(ctx)
    return withSentForm(ctx, declared, next)
  }
}

/** Signed-in people, without an organisation. */
export function asPerson(declared: Declared) {
  return async (ctx: HttpContext, next: NextFn) => {
    await recognise(ctx)
    return ctx.person ? withSentForm(ctx, declared, next) : askToSignIn(ctx)
  }
}

/**
 * Admins of the platform, in one transaction of its own tenancy. For everyone else, signed in or not, the back office
 * does not exist.
 */
export function asPlatformAdmin(declared: Declared) {
  return async (ctx: HttpContext, next: NextFn) => {
    await recognise(ctx)
    if (ctx.person?.platformRole !== 'admin') throw notFound(ctx)
    const { id: userId, timeZone } = ctx.person
    const staff = { userId, timeZone, actorKind: 'staff' as const }
    const requestId = ctx.request.id() ?? null
    const form = await sentFormOf(ctx, declared, { ofMember: false })
    const tenant = { organisationId: PLATFORM, ...staff, requestId, claim: form?.claim }
    await inTransaction(tenant, async () => {
      await next()
      form?.settle(ledBy(ctx))
    })
  }
}

/**
 * Active members who have the ability. Opens the request's one transaction; what the person may not see does not exist
 * (404), what they may see but not do is refused (403).
 */
export function asMember(ability: Ability, declared: Declared) {
  return async (ctx: HttpContext, next: NextFn) => {
    const userId = ctx.session.get(USER_KEY)
    if (!userId) return askToSignIn(ctx)
    if (await followOrganisationLink(ctx, userId)) return
    const organisationId = await activeOrganisation(ctx, userId)
    if (!organisationId) return askToChoose(ctx)

    const form = await sentFormOf(ctx, declared, { ofMember: true })
    const requestId = ctx.request.id() ?? null
    const tenant = { organisationId, userId, requestId, claim: form?.claim }
    const enter = async (entry: Entry, ahead?: AskedAhead) => {
      await admit(ctx, entry, ability, ahead)
      await next()
    }
    if (declared().readsReplica && (await onReplica(ctx, tenant, enter))) return
    let isMember = true
    let ahead: AskedAhead | undefined
    const work = async (entry: Entry | null) => {
      isMember = entry !== null
      if (!entry) return
      await enter(entry, ahead)
      form?.settle(ledBy(ctx))
      await keepWithChange(ctx)
    }
    const asking: Ahead = (trx) => {
      ahead = askAhead(ctx, trx, organisationId)
      return Promise.all([ahead.project, ahead.unread])
    }
    await inTransaction(tenant, work, asking).catch(async (error) => {
      keepWithoutChange(ctx)
      if (error instanceof SavedAlready) await rememberWrite(ctx)
      throw error
    })
    if (!isMember) await asOnlooker(ctx, tenant, enter)
    await rememberWrite(ctx)
  }
}

/** Someone who is not a member: platform staff may be let in to read, anyone else is led out. */
async function asOnlooker(
  ctx: HttpContext,
  tenant: Tenant,
  enter: (entry: Entry) => Promise<unknown>
) {
  const isIn = await lookIn(ctx, tenant, enter).catch((error) => {
    if (!(error instanceof RolledBack)) throw error
    return true
  })
  if (!isIn) forgetOrganisation(ctx)
}

/** Admits only people who signed in within so many minutes; follows the guard that recognises the person. */
export function afterFreshSignIn(minutes: number) {
  return async (ctx: HttpContext, next: NextFn) => {
    if (!isFresh(ctx, minutes)) throw new SignInTooOld(minutes)
    return next()
  }
}

/** The request's one transaction. If it failed, its answer is already written. */
export async function inTransaction(
  tenant: Tenant,
  work: (entry: Entry | null) => Promise<unknown>,
  ahead?: Ahead
) {
  await Tenancy.run(tenant, work, ahead).catch((error) => {
    if (!(error instanceof RolledBack)) throw error
  })
}

function askToSignIn(ctx: HttpContext) {
  if (ctx.request.method() === 'GET') ctx.session.put('return_to', pageAsked(ctx))
  return ctx.htmx.leaveTo('/sign-in')
}

/** From the choice of an organisation people go on to the page that they asked for. */
function askToChoose(ctx: HttpContext) {
  const page = ctx.request.method() === 'GET' ? pageAsked(ctx) : HOME
  const query = page === HOME ? '' : `?return_to=${encodeURIComponent(page)}`
  return ctx.htmx.leaveTo(`/organisations${query}`)
}

/** The page to come back to: of a part of a page, such as progress that is asked for again and again, its page. */
function pageAsked(ctx: HttpContext) {
  return ctx.htmx.isPartial ? previousPath(ctx, '/') : localPath(ctx.request.url(true), '/')
}

function forgetOrganisation(ctx: HttpContext) {
  ctx.response.clearCookie(ORGANISATION_COOKIE)
  ctx.htmx.leaveTo('/organisations')
}

function notFound({ request }: Pick<HttpContext, 'request'>) {
  return new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
}
