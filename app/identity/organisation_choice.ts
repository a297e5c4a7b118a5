import { errors } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { validate as isUuid } from 'uuid'
import type { HttpContext } from '@adonisjs/core/http'
import { localPath } from '#identity/local_path'
import type { Person } from '#middleware/access_middleware'
import { personWith } from '#models/user/person'

export const ORGANISATION_COOKIE = 'orch_org'

/** Remembers the organisation until the browser closes. Membership is checked again on each request. */
export function chooseOrganisation({ response }: HttpContext, organisationId: string) {
  response.cookie(ORGANISATION_COOKIE, organisationId, { maxAge: undefined })
}

/**
 * Follows `?organisation=<id>` of a mailed link: switches and redirects to the clean address. Returns true when it has
 * answered the request. Throws 404 when the person is not a member.
 */
export async function followOrganisationLink(ctx: HttpContext, userId: string) {
  const wanted = ctx.request.qs().organisation
  if (!wanted || ctx.request.method() !== 'GET') return false
  const organisations = await organisationsOf(userId)
  if (!organisations.some(({ id }) => id === wanted)) throw notFound(ctx)
  chooseOrganisation(ctx, wanted)
  const query = new URLSearchParams(ctx.request.parsedUrl.query ?? '')
  query.delete('organisation')
  const path = ctx.request.url() + (query.size > 0 ? `?${query}` : '')
  ctx.response.seeOther(localPath(path, '/projects'))
  return true
}

/** The organisation in the cookie, else the person's only one; null when they must choose. */
export async function activeOrganisation(ctx: HttpContext, userId: string): Promise<string | null> {
  const chosen = ctx.request.cookie(ORGANISATION_COOKIE)
  if (chosen && isUuid(chosen)) return chosen
  const organisations = await organisationsOf(userId)
  if (organisations.length !== 1) return null
  chooseOrganisation(ctx, organisations[0].id)
  return organisations[0].id
}

async function organisationsOf(userId: string): Promise<Person['organisations']> {
  const person = await personWith<Person>(db, userId)
  return person?.organisations ?? []
}

function notFound(ctx: HttpContext) {
  return new errors.E_ROUTE_NOT_FOUND([ctx.request.method(), ctx.request.url()])
}
