import type { HttpContext } from '@adonisjs/core/http'
import { invitationUrl } from '#identity/invitation_link'
import { seal, unseal } from '#identity/sealed'
import type { Viewer } from '#identity/viewer'
import Invitation from '#models/invitation'
import { whyNotInvited } from '#models/invitation/list'
import { pastedAddresses } from '#models/invitation/pasted'
import Membership from '#models/membership'
import Project from '#models/project'
import { refuse } from '#models/violation'
import { invitationListState, type ToldLink } from '#pages/people/invitation_list_page'
import { roleOptions } from '#pages/people/member_page'
import { waitingFor } from '#pages/people/waiting'
import MembershipPolicy from '#policies/membership_policy'
import { storeInvitations } from '#validators/invitation'
import { EMAIL } from '#validators/patterns'

const LINKS = 'invitation_links'
const MOST = 50
const NAMED = 5
const SEPARATORS = /[\s,;]+/

export default class InvitationsController {
  async index({ htmx, request, session, viewer }: HttpContext) {
    const links = unseal<ToldLink[]>(session.flashMessages.get(LINKS), LINKS) ?? []
    return htmx.page(
      'pages/invitations/index',
      await invitationListState(viewer, request.qs(), links)
    )
  }

  async create({ htmx, session, viewer }: HttpContext) {
    const refused = pastedAddresses(String(session.flashMessages.get('emails') ?? ''))
    return htmx.page('pages/invitations/create', {
      roleOptions: roleOptions(viewer),
      waiting: await waitingFor(refused, viewer),
    })
  }

  /** Invites several people at once: all of them or, with the reason beside the field, none. */
  async store(ctx: HttpContext) {
    const { bouncer, request, viewer } = ctx
    const input = await request.validateUsing(storeInvitations)
    await bouncer.with(MembershipPolicy).authorize('give', input.role)
    const emails = addressesIn(input.emails)
    const projects = await offeredRoles(viewer, input.project_codes, input.project_role ?? 'team')
    await Membership.takeTurns(viewer)
    const refusals = await whyNotInvited(emails)
    if (refusals.length > 0) refuse('emails', `${refusals.join('. ')}.`)
    const links = []
    for (const email of emails) {
      const token = await Invitation.invite({ email, role: input.role, projects }, viewer)
      links.push({ email, url: invitationUrl(token) })
    }
    const people = emails.length === 1 ? 'One person was' : `${emails.length} people were`
    return showLinks(ctx, links, `${people} invited.`)
  }

  async update(ctx: HttpContext) {
    const invitation = await manageable(ctx)
    const token = await invitation.resend(ctx.viewer)
    const links = [{ email: invitation.email, url: invitationUrl(token) }]
    return showLinks(ctx, links, 'The invitation was sent again. The earlier link no longer works.')
  }

  async destroy(ctx: HttpContext) {
    const invitation = await manageable(ctx)
    await invitation.revoke()
    ctx.session.flash('success', 'The invitation was revoked. Its link no longer works.')
    return ctx.response.seeOther('/invitations')
  }
}

async function manageable({ bouncer, params, viewer }: HttpContext) {
  await Membership.takeTurns(viewer)
  const invitation = await Invitation.findById(params.id)
  await bouncer.with(MembershipPolicy).authorize('give', invitation.role)
  return invitation
}

/** The links are shown only on the next page. Until then they are kept where the database cannot read them. */
function showLinks({ response, session }: HttpContext, links: ToldLink[], message: string) {
  session.flash(LINKS, seal(links, LINKS))
  session.flash('success', message)
  return response.seeOther('/invitations')
}

function addressesIn(text: string) {
  const given = pastedAddresses(text)
  const emails = [...new Map(given.map((email) => [email.toLowerCase(), email])).values()]
  const wrong = emails.filter((email) => !EMAIL.test(email))
  if (wrong.length > 0) refuse('emails', `Not an email address: ${namedFew(wrong)}`)
  if (emails.length === 0) refuse('emails', 'Enter at least one email address')
  if (emails.length > MOST) refuse('emails', `Invite at most ${MOST} people at once`)
  return emails
}

/** The first few, and how many more there are. */
function namedFew(words: string[]) {
  const more = words.length - NAMED
  return words.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function split(text: string) {
  return text.split(SEPARATORS).filter(Boolean)
}

async function offeredRoles(
  viewer: Viewer,
  text: string | null | undefined,
  role: 'gate_decider' | 'team' | 'viewer'
) {
  const codes = [...new Set(split((text ?? '').toUpperCase()))]
  if (codes.length === 0) return []
  const projects = await Project.visibleTo(viewer).whereIn('code', codes)
  const unknown = codes.filter((code) => !projects.some((project) => project.code === code))
  if (unknown.length > 0) refuse('project_codes', `There is no project ${unknown.join(', ')}`)
  return projects.map(({ id: projectId }) => ({ projectId, role }))
}
