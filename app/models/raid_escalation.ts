import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { idOrNone } from '#models/ids'
import { today } from '#models/days'
import { saveMany } from '#models/saving/many'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { peopleWhoSeeItem } from '#models/notification/audience'
import type Project from '#models/project'
import { answerersAbove } from '#models/raid/answerers'
import type { EscalationLevel, EscalationState } from '#models/raid/enumerations'
import { tellAnswered, tellEscalated, tellTakenBack } from '#models/raid/escalation_notices'
import type RaidItem from '#models/raid_item'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** The states in which it is still open. */
const LIVE = ['open', 'accepted']

type EscalationFields = Pick<RaidEscalation, 'level' | 'reason' | 'ask' | 'askedOfId'>

/** What a project asks of its programme or organisation about an entry, and their answer. */
export default class RaidEscalation extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'raid_escalation',
    project: (row: RaidEscalation) => row.$extras.projectId ?? null,
    facts: (row: RaidEscalation) => ({ ref: row.$extras.ref, target: row.raidItemId }),
    skip: ['raidItemId', 'raisedBy', 'raisedOn', 'answeredBy', 'answeredOn'],
  }

  @column() declare raidItemId: string
  @column() declare level: EscalationLevel
  @column() declare reason: string
  @column() declare ask: string
  @column() declare askedOfId: string | null
  @column() declare state: EscalationState
  @column() declare answer: string | null
  @column() declare raisedBy: string | null
  @column() declare raisedOn: string
  @column() declare answeredBy: string | null
  @column() declare answeredOn: string | null

  /** Those of an item, newest first. */
  static of(item: RaidItem) {
    return this.query().where('raid_item_id', item.id).orderBy('id', 'desc')
  }

  /** The open one; null when the entry is the project's own affair. */
  static async liveOf(item: RaidItem) {
    const [live = null] = await this.liveAmong([item])
    return live
  }

  /** The open ones of some items, at most one for each. */
  static async liveAmong(items: RaidItem[]) {
    const byId = new Map(items.map((item) => [item.id, item]))
    const live = await this.query()
      .whereRaw('raid_item_id = any(?)', [[...byId.keys()]])
      .whereIn('state', LIVE)
    return live.map((one) => one.about(byId.get(one.raidItemId)!))
  }

  /** One of an item's by id, in any state. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findOf(item: RaidItem, id: string) {
    return this.of(item).where('id', idOrNone(id)).firstOrFail()
  }

  /** The same, and refuses one that has ended: its page may have been open since before. */
  static async findLive(item: RaidItem, id: string) {
    const found = await this.findOf(item, id)
    if (LIVE.includes(found.state)) return found.about(item)
    const how = found.state === 'returned' ? 'returned to the project' : 'withdrawn'
    refuse('escalation', `This escalation has been ${how}, so nothing was saved`)
  }

  /** Escalates an entry to a level above the project; an open escalation ends. Expects the item to be locked. */
  static async raise(item: RaidItem, project: Project, fields: EscalationFields) {
    if (item.isSettled)
      refuse('escalation', 'This entry is settled. Reopen it before you escalate it.')
    const escalation = new RaidEscalation().about(item)
    await escalation.#refuseUnseen(fields, item, project)
    escalation.merge({ ...fields, raidItemId: item.id, state: 'open', lockVersion: 1 })
    await (await this.liveOf(item))?.giveWay(escalation, item, project)
    escalation.merge({ raisedBy: Tenancy.current().membershipId, raisedOn: today() })
    await escalation.save()
    item.escalation = fields.level
    await item.saveRevision()
    await tellEscalated(escalation, item, project)
    return escalation
  }

  /** Something else is asked about the entry. */
  async giveWay(next: RaidEscalation, item: RaidItem, project: Project) {
    const reason = 'Escalated again.'
    await tellTakenBack([{ escalation: this, item }], project, reason, next)
    await this.end('taken_back', reason)
  }

  /** What was asked about a risk, and answered, continues for the issue that it became. */
  async passOn(issue: RaidItem, project: Project) {
    const { level, reason, ask, askedOfId, raisedBy, raisedOn } = this
    const { state, answer, answeredBy, answeredOn } = this
    await this.end('taken_back', `The risk came true. ${issue.ref} now carries the escalation.`)
    const next = new RaidEscalation().about(issue)
    next.merge({ level, reason, ask, askedOfId, raisedBy, raisedOn })
    next.merge({ state, answer, answeredBy, answeredOn, raidItemId: issue.id, lockVersion: 1 })
    await next.save()
    await tellEscalated(next, issue, project)
    return next
  }

  /** Tells it, and its events, which entry they are about. */
  about(item: RaidItem) {
    this.$extras = { projectId: item.projectId, ref: item.$extras.ref }
    return this
  }

  /** The level accepts it. */
  async accept(item: RaidItem, project: Project, answer: string | null, lockVersion: number) {
    refuseResting(item)
    await this.lockRow(lockVersion)
    if (this.state !== 'open') refuse('answer', 'Someone has already answered this')
    await this.end('accepted', answer)
    await tellAnswered(this, item, project)
  }

  /** The level returns it to the project. */
  async giveBack(item: RaidItem, project: Project, answer: string, lockVersion: number) {
    refuseResting(item)
    await this.#close(item, 'returned', answer, lockVersion)
    await tellAnswered(this, item, project)
  }

  /** The project takes it back. */
  async takeBack(item: RaidItem, project: Project, reason: string, lockVersion: number) {
    await tellTakenBack([{ escalation: this, item }], project, reason)
    await this.#close(item, 'taken_back', reason, lockVersion)
  }

  async #close(
    item: RaidItem,
    state: 'returned' | 'taken_back',
    answer: string,
    lockVersion: number
  ) {
    await this.lockRow(lockVersion)
    await this.end(state, answer)
    item.escalation = 'project'
    await item.saveRevision()
  }

  /** Ends many at once for the same reason, with as many queries as for one. */
  static endMany(ended: RaidEscalation[], reason: string) {
    for (const one of ended) one.#become('taken_back', reason)
    return saveMany(ended, 'raid_escalation.taken_back')
  }

  /** Records how it ended, or that it was accepted. */
  end(state: EscalationState, answer: string | null) {
    this.#become(state, answer)
    return this.auditAs(`raid_escalation.${state}`).save()
  }

  #become(state: EscalationState, answer: string | null) {
    Object.assign(this, { state, answer, answeredOn: today() })
    this.answeredBy = Tenancy.current().membershipId
    this.lockVersion += 1
  }

  /** The people asked must be able to read the entry. */
  async #refuseUnseen({ askedOfId, level }: EscalationFields, item: RaidItem, project: Project) {
    const readers = new Set((await peopleWhoSeeItem(item)).map(({ id }) => id))
    if (askedOfId && !readers.has(askedOfId)) {
      refuse('asked_of_id', 'This person cannot see the entry. Choose someone from the list.')
    }
    if (askedOfId) return
    const answerers = (await answerersAbove(project))[level]
    if (answerers.length > 0 && !answerers.some((id) => readers.has(id))) {
      refuse(
        'asked_of_id',
        'No one responsible at this level can see the entry. Choose who should answer.'
      )
    }
  }
}

/** A settled entry asks nothing of anyone. Expects the item to be locked. */
function refuseResting(item: RaidItem) {
  if (item.isSettled) refuse('escalation', 'This entry is settled. Reopen it before you answer.')
}
