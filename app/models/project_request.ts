import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import { idOrNone } from '#models/ids'
import Membership from '#models/membership'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import type Project from '#models/project'
import { visibleRequests } from '#models/project_request/list'
import { tellAnswered, tellRequested } from '#models/project_request/notices'
import type { RequestState } from '#models/project_request/states'
import { takeTurns } from '#models/saving/turns'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** How many requests of one member can be waiting at once. */
const MOST_OPEN = 10

const TOO_MANY_OPEN = `You already have ${MOST_OPEN} requests waiting for an answer. Withdraw one, or wait for an answer, before you make another.`

export type RequestFields = Pick<
  ProjectRequest,
  'title' | 'purpose' | 'benefits' | 'budget' | 'wantedBy' | 'sponsorId'
>

/** A request for a project that does not exist yet. It is answered by people who may create projects. */
export default class ProjectRequest extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'project_request',
    project: (row: ProjectRequest) => row.projectId,
    facts: (row: ProjectRequest) => ({ status: row.state }),
    skip: ['requestedBy', 'answeredBy', 'answeredOn', 'projectId'],
  }

  @column() declare title: string
  /** What changes when it succeeds. */
  @column() declare purpose: string
  @column() declare benefits: string | null
  @column() declare budget: string | null
  @column() declare wantedBy: string | null
  @column() declare sponsorId: string | null
  @column() declare requestedBy: string | null
  @column() declare state: RequestState
  @column() declare answer: string | null
  @column() declare answeredBy: string | null
  @column() declare answeredOn: string | null
  @column() declare projectId: string | null
  declare createdAt: DateTime

  /** One that the viewer may see. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findVisible(viewer: Viewer, id: string) {
    const [text, values] = visibleRequests(viewer)
    return this.query()
      .where('id', idOrNone(id))
      .whereRaw(text, values as any[])
      .firstOrFail()
  }

  /** Why this member cannot send one now: too many of theirs are waiting. Null when they can. */
  static async refusalOfMore(membershipId: string | null): Promise<string | null> {
    const open = await this.query()
      .where({ requestedBy: membershipId, state: 'requested' })
      .select('id')
      .limit(MOST_OPEN)
    return open.length < MOST_OPEN ? null : TOO_MANY_OPEN
  }

  /** Requests a project, in the name of the member at work. */
  static async ask(fields: RequestFields) {
    const { membershipId } = Tenancy.current()
    // Two requests sent at once must not share the last place.
    await takeTurns('memberships', membershipId!)
    const full = await this.refusalOfMore(membershipId)
    if (full) refuse('title', full)
    if (fields.sponsorId && !(await Membership.active([fields.sponsorId])).has(fields.sponsorId)) {
      refuse('sponsor_id', 'Choose an active member of the organisation')
    }
    const request = new ProjectRequest().merge({
      ...fields,
      requestedBy: membershipId,
      state: 'requested',
      lockVersion: 1,
    })
    await request.save()
    await tellRequested(request)
    return request
  }

  /** The requester no longer needs it. */
  async withdraw(lockVersion: number) {
    await this.#settle('withdrawn', null, lockVersion)
  }

  /** Declines it, with a reason. */
  async decline(answer: string, lockVersion: number) {
    await this.#settle('declined', answer, lockVersion)
    await tellAnswered(this)
  }

  /** A project was created from it. If two people do so at once, the second is told. */
  async approve(project: Project) {
    await this.#settle('approved', null, this.lockVersion, project.id)
    await tellAnswered(this)
  }

  get isOpen() {
    return this.state === 'requested'
  }

  async #settle(
    state: RequestState,
    answer: string | null,
    lockVersion: number,
    projectId: string | null = null
  ) {
    await this.lockRow(lockVersion)
    if (!this.isOpen) refuse('state', 'This request has already been answered')
    this.state = state
    this.answer = answer
    this.projectId = projectId
    this.answeredBy = Tenancy.current().membershipId
    this.answeredOn = today()
    await this.auditAs(`project_request.${state}`).saveRevision()
  }
}
