import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { today } from '#models/days'
import { tellNamed, tellReleased } from '#models/deciding/deputy_notices'
import { candidates } from '#models/deciding/naming'
import GateDecider from '#models/gate_decider'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import type Project from '#models/project'
import { takeTurns } from '#models/saving/turns'
import { refuse } from '#models/violation'

type NewDelegation = { deciderId: string; deputyId: string; fromOn: string; toOn: string }

/** Someone stands in for a decider at the gates of one project, from one day to another. */
export default class GateDelegation extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'gate_delegation',
    project: (row: GateDelegation) => row.projectId,
    skip: ['projectId'],
  }

  @column() declare projectId: string
  @column() declare deciderId: string
  @column() declare deputyId: string
  @column() declare fromOn: string
  @column() declare toOn: string
  @column.dateTime() declare revokedAt: DateTime | null

  /** Those of a project that apply today or later. */
  static standing(project: { id: string }) {
    return this.query()
      .where('project_id', project.id)
      .whereNull('revoked_at')
      .where('to_on', '>=', today())
      .orderBy('from_on')
      .orderBy('id')
  }

  /** One that a member gave. Throws E_ROW_NOT_FOUND for anyone else's, and when it is not an id at all. */
  static findOwn(project: { id: string }, deciderId: string, id: string) {
    return this.standing(project)
      .where('decider_id', deciderId)
      .where('id', idOrNone(id))
      .forUpdate()
      .firstOrFail()
  }

  /** Names a deputy, who is told. Delegations of a project take turns, so that no two overlap. */
  static async give(project: Project, given: NewDelegation) {
    await takeTurns('projects', project.id)
    await refuseUnfit(project, given)
    const delegation = await this.create({ ...given, projectId: project.id })
    await tellNamed(project, delegation)
    return delegation
  }

  /** Ends it at once; the deputy is told. */
  async revoke(project: Project) {
    this.revokedAt = DateTime.utc()
    await this.auditAs('gate_delegation.revoked').save()
    await tellReleased(project, this)
  }
}

async function refuseUnfit(project: Project, { deciderId, deputyId, fromOn, toOn }: NewDelegation) {
  if (toOn < fromOn) refuse('to_on', 'Enter a last day that is not before the first day')
  if (toOn < today()) refuse('to_on', 'Enter a last day that is today or later')
  const known = await candidates(project)
  const deputy = known.find(({ id }) => id === deputyId)
  if (!deputy || deputyId === deciderId) {
    refuse('deputy_id', 'Choose another gate decider of this project, or its sponsor')
  }
  if (deputy.isManager) refuse('deputy_id', 'The project’s manager cannot decide')
  await refuseColleague(project, deciderId, deputyId)
  await refuseMeeting(project, { deciderId, deputyId, fromOn, toOn })
}

/** One person speaks for one seat only. */
async function refuseColleague(project: Project, deciderId: string, deputyId: string) {
  const colleagues = await colleaguesOf(project, deciderId)
  if (!colleagues)
    refuse('deputy_id', 'You are not a decider or adviser of any gate in this project')
  if (colleagues.has(deputyId)) {
    refuse('deputy_id', 'This person is already a decider or adviser of all your gates')
  }
}

/** Who has a seat everywhere a member does, and so cannot stand in for them; null if the member has none. */
export async function colleaguesOf(project: { id: string }, memberId: string) {
  const seats = await GateDecider.query().where('project_id', project.id)
  const mine = seats.filter(({ membershipId }) => membershipId === memberId)
  if (mine.length === 0) return null
  const byMember = Map.groupBy(seats, ({ membershipId }) => membershipId)
  const everywhere = [...byMember].filter(([, theirs]) =>
    mine.every(({ gateId }) => theirs.some((seat) => seat.gateId === gateId))
  )
  return new Set(everywhere.map(([id]) => id))
}

async function refuseMeeting(project: Project, given: NewDelegation) {
  const standing = await GateDelegation.standing(project)
    .where('from_on', '<=', given.toOn)
    .where('to_on', '>=', given.fromOn)
  if (standing.some(({ deciderId }) => deciderId === given.deciderId)) {
    refuse('from_on', 'You already have a deputy on one of these days')
  }
  if (standing.some(({ deputyId }) => deputyId === given.deputyId)) {
    refuse('deputy_id', 'This person is already a deputy on one of these days')
  }
}
