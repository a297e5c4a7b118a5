import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import type { AuditValue } from '#audit/events'
import { queueMail } from '#mails/outbox'
import { mergeExternal } from '#models/external_resource/merging'
import { idOrNone } from '#models/ids'
import { isForgotten } from '#models/invitation/retention'
import { digestOf, newToken } from '#models/invitation/token'
import InvitationRole from '#models/invitation_role'
import Membership from '#models/membership'
import { mentionOf } from '#models/text/mention'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { notify } from '#models/notification'
import Organisation from '#models/organisation'
import { refuseBeyond } from '#models/organisation/quotas'
import ProjectMember, { type GrantableRole } from '#models/project_member'
import { refuse } from '#models/violation'
import type { OrganisationRole } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

const DAYS = 7

export const invitationStatuses = {
  pending: 'Pending',
  accepted: 'Accepted',
  expired: 'Expired',
  revoked: 'Revoked',
} as const

export type InvitationStatus = keyof typeof invitationStatuses

/** Platform staff can invite without being members. */
type Inviter = { name: string; membershipId: string | null }
type ProjectRoleOffer = { projectId: string; role: GrantableRole }

/** The person who answers, with an address that the identity provider has verified. */
type Invitee = { id: string; email: string }

/** An offer of membership, bound to an address and opened by a link that is shown once. */
export default class Invitation extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'invitation',
    facts: (row: Invitation) => ({ role: row.role }),
    skip: ['email', 'digest', 'deliveries', 'invitedBy', 'membershipId'],
  }

  @column() declare email: string
  @column() declare role: OrganisationRole
  @column() declare status: Exclude<InvitationStatus, 'expired'>
  @column() declare digest: Buffer
  @column.dateTime() declare expiresAt: DateTime
  @column() declare deliveries: number
  @column() declare invitedBy: string | null
  @column() declare membershipId: string | null

  /** One invitation by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findById(id: string) {
    return this.query().where('id', idOrNone(id)).forUpdate().firstOrFail()
  }

  /** Invites one address and queues its mail. Returns the token, which is stored nowhere. */
  static async invite(
    {
      email,
      role,
      projects,
    }: { email: string; role: OrganisationRole; projects: ProjectRoleOffer[] },
    inviter: Inviter
  ) {
    await refuseBeyond('members', 'emails')
    const { token, digest } = newToken()
    const invitation = await new Invitation()
      .merge({
        email,
        role,
        status: 'pending',
        digest,
        expiresAt: DateTime.utc().plus({ days: DAYS }),
        deliveries: 1,
        invitedBy: inviter.membershipId,
      })
      .auditBesides(toldProjects(projects))
      .save()
    for (const project of projects) {
      await InvitationRole.create({ ...project, invitationId: invitation.id })
    }
    await invitation.#mail(token, inviter)
    return token
  }

  /**
   * Makes the person a member, once however often it is called. Runs in the organisation of the invitation; returns
   * false when it is no longer open, or the membership was deactivated.
   */
  static async accept(token: string, person: Invitee): Promise<boolean> {
    await Membership.takeTurns()
    const invitation = await this.query().where('digest', digestOf(token)).forUpdate().first()
    if (!invitation || invitation.email.toLowerCase() !== person.email.toLowerCase()) return false
    const present = await Membership.query().where('user_id', person.id).first()
    if (present?.status === 'deactivated') return false
    if (invitation.status === 'accepted') return present?.status === 'active'
    if (!invitation.isOpen) return false
    // Its place is already counted, unless the limit was lowered since.
    if (present?.status !== 'active') await refuseBeyond('members', 'invitation', 0)
    const membership = await invitation.#admit(person, present)
    await invitation.#grantRoles(membership)
    await mergeExternal(membership)
    invitation.status = 'accepted'
    invitation.membershipId = membership.id
    await invitation.auditAs('invitation.accepted').save()
    await invitation.#tellInviter(membership)
    return true
  }

  get isOpen() {
    return this.status === 'pending' && this.expiresAt > DateTime.utc()
  }

  /** Sends it again with a new link; the previous one stops working. */
  async resend(inviter: Inviter) {
    this.#refuseUnlessPending()
    // One that lapsed held no place any more: it takes one again.
    if (!this.isOpen) await refuseBeyond('members', 'invitation')
    const { token, digest } = newToken()
    this.digest = digest
    this.deliveries += 1
    this.expiresAt = DateTime.utc().plus({ days: DAYS })
    await this.auditAs('invitation.resent').save()
    await this.#mail(token, inviter)
    return token
  }

  /** Withdraws the offer: its link stops working. */
  async revoke() {
    this.#refuseUnlessPending()
    this.status = 'revoked'
    return this.auditAs('invitation.revoked').save()
  }

  #refuseUnlessPending() {
    if (this.status !== 'pending')
      refuse('invitation', 'This invitation was answered or taken back')
    if (isForgotten(this.email))
      refuse('invitation', 'The address is no longer kept. Send a new invitation')
  }

  /** A person who left comes back with the role now offered; a member keeps theirs. */
  async #admit(person: Invitee, present: Membership | null) {
    if (present?.status === 'active') return present
    const membership = present ?? new Membership().merge({ id: uuidv7(), userId: person.id })
    Tenancy.becomeMember(membership.id)
    membership.role = this.role
    membership.status = 'active'
    return membership.save()
  }

  async #grantRoles(membership: Membership) {
    const held = await ProjectMember.query().where('membership_id', membership.id)
    for (const { projectId, role } of await this.#offers()) {
      if (held.some((one) => one.projectId === projectId && one.role === role)) continue
      await ProjectMember.grant({ id: projectId }, membership.id, role)
    }
  }

  async #tellInviter(membership: Membership) {
    if (!this.invitedBy) return
    await notify({
      kind: 'invitation',
      to: [this.invitedBy],
      project: null,
      path: `/members/${membership.id}`,
      title: `${mentionOf(membership.id)} accepted your invitation`,
      key: `invitation:${this.id}`,
    })
  }

  #offers() {
    return InvitationRole.query().where('invitation_id', this.id).orderBy('id').exec()
  }

  async #mail(token: string, inviter: Inviter) {
    const { name } = await Organisation.current()
    const path = `/join/${token}`
    await queueMail({
      template: 'invitation',
      to: { email: this.email },
      data: { organisation: name, inviter: inviter.name, path, expiresAt: this.expiresAt },
      key: `invitation:${this.id}:${this.deliveries}`,
    })
  }
}

function toldProjects(projects: ProjectRoleOffer[]): Record<string, AuditValue> {
  if (projects.length === 0) return {}
  return { projects: { after: projects.map(({ projectId }) => projectId) } }
}
