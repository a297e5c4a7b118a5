import type { HttpContext } from '@adonisjs/core/http'
import { maskedEmail } from '#identity/invitation_link'
import { chooseOrganisation } from '#identity/organisation_choice'
import { seal, unseal } from '#identity/sealed'
import { keepToOurselves } from '#identity/secret_address'
import Invitation from '#models/invitation'
import { invitationBehind, isFor, type InvitationLink } from '#models/invitation/lookup'
import { isToken } from '#models/invitation/token'
import { organisationRoles } from '#registries/terms'
import Tenancy from '#tenancy/tenancy'

const PURPOSE = 'invitation'

export default class JoinsController {
  /** Shows what the link offers and changes nothing, because mail scanners open links too. */
  async show(ctx: HttpContext) {
    keepToOurselves(ctx)
    const { htmx, params, person, response } = ctx
    const token = tokenIn(params.token)
    if (token !== params.token) return response.seeOther(`/join/${token}`)
    const link = await invitationBehind(token)
    if (!link || link.status !== 'pending') return this.#gone(ctx, link)
    if (!person) {
      // The session remembers where to return to, so the address must not contain the token.
      const returnTo = `/join/${seal(token, PURPOSE)}`
      return htmx.page('pages/joins/sign_in', { email: maskedEmail(link.email), returnTo })
    }
    if (!isFor(link, person.email)) return otherAccount(ctx, link)
    const role = organisationRoles[link.role]
    return htmx.page('pages/joins/show', { token, link, role })
  }

  /** Accepts the invitation. */
  async store(ctx: HttpContext) {
    keepToOurselves(ctx)
    const { params, person, request, response, session } = ctx
    const link = await invitationBehind(params.token)
    if (!link) return this.#gone(ctx, link)
    if (!isFor(link, person!.email)) return otherAccount(ctx, link)
    const tenant = {
      organisationId: link.organisation.id,
      userId: person!.id,
      requestId: request.id() ?? null,
    }
    const isIn = await Tenancy.run(tenant, () => Invitation.accept(params.token, person!))
    if (!isIn) return this.#gone(ctx, link)
    chooseOrganisation(ctx, link.organisation.id)
    session.flash('success', `You have joined ${link.organisation.name}.`)
    return response.seeOther('/projects')
  }

  /** Used, expired, revoked and never issued all read the same; the person who used it is taken where it led. */
  #gone(ctx: HttpContext, link: InvitationLink | null) {
    const { htmx, person, response } = ctx
    const isMember = person?.organisations.some(({ id }) => id === link?.organisation.id)
    if (isMember) {
      return response.seeOther(`/projects?organisation=${link!.organisation.id}`)
    }
    response.status(410)
    return htmx.page('pages/joins/gone')
  }
}

function tokenIn(given: string) {
  return isToken(given) ? given : (unseal<string>(given, PURPOSE) ?? given)
}

function otherAccount({ htmx, person, response }: HttpContext, link: InvitationLink) {
  response.status(403)
  return htmx.page('pages/joins/other_account', {
    email: maskedEmail(link.email),
    mine: person!.email,
  })
}
