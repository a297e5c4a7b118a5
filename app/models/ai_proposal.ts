import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import type { Viewer } from '#identity/viewer'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import type Project from '#models/project'
import type { RaidType } from '#models/raid/enumerations'
import { sealedColumn } from '#models/mixins/sealed_column'

/**
 * What can be proposed: a new entry, a task that responds to an entry, a duplicate; the text of a field of a status
 * report, a question about a gate, an assumption that needs attention.
 */
export type ProposalKind =
  | 'entry'
  | 'action'
  | 'merge'
  | 'report_field'
  | 'gate_question'
  | 'assumption'

/** The proposal in the assistant's words, by the names of the form's fields. */
export type ProposalContent = { [field: string]: string | number }

const proposalStatuses = {
  proposed: 'Proposed',
  accepted: 'Accepted',
  edited: 'Edited and accepted',
  dismissed: 'Dismissed',
} as const

type Outcome = { raidItemId?: string; taskId?: string }

/**
 * A proposal by the assistant. It belongs to its asker alone, and changes nothing until that person accepts it, with
 * their own rights.
 */
export default class AiProposal extends compose(BaseModel, tenanted, audited) {
  static table = 'ai_proposals'

  static audit = {
    type: 'ai_proposal',
    project: (row: AiProposal) => row.projectId,
    facts: (row: AiProposal) => ({
      kind: row.type ?? row.kind,
      status: row.status,
      source: row.interactionId,
      target: row.raidItemId ?? row.taskId,
    }),
    skip: [
      'projectId',
      'interactionId',
      'membershipId',
      'position',
      'kind',
      'type',
      'content',
      'subjectId',
      'subjectVersion',
      'otherId',
      'otherVersion',
      'raidItemId',
      'taskId',
      'decidedAt',
    ],
  }

  @column() declare projectId: string
  @column() declare interactionId: string
  @column() declare membershipId: string
  @column() declare position: number
  @column() declare kind: ProposalKind
  /** For a new entry. */
  @column() declare type: RaidType | null
  /** With words in place of people, as it arrived. */
  @column(sealedColumn('ai_proposals.content')) declare content: ProposalContent | null
  /** The entry that it is about, as it was then, and the one that may be the same. */
  @column() declare subjectId: string | null
  @column() declare subjectVersion: number | null
  @column() declare otherId: string | null
  @column() declare otherVersion: number | null
  @column() declare status: keyof typeof proposalStatuses
  @column() declare raidItemId: string | null
  @column() declare taskId: string | null
  @column.dateTime() declare decidedAt: DateTime | null

  /** Proposals of some kind that await this member's answer in a project, oldest first. */
  static openIn(project: Project, viewer: Viewer, kind: ProposalKind) {
    return this.#ownIn(project, viewer)
      .where({ kind, status: 'proposed' })
      .whereNotNull('content')
      .orderBy('created_at')
      .orderBy('position')
  }

  /** What one answer proposed that still awaits this member’s. */
  static openOf(asked: { id: string; membershipId: string }) {
    return this.query()
      .where({ interaction_id: asked.id, membership_id: asked.membershipId, status: 'proposed' })
      .whereNotNull('content')
      .orderBy('position')
  }

  /** One of them by id, locked. Throws E_ROW_NOT_FOUND, also for one that was already answered. */
  static findOpen(project: Project, viewer: Viewer, kind: ProposalKind, id: string) {
    return this.openIn(project, viewer, kind).where('id', idOrNone(id)).forUpdate().firstOrFail()
  }

  /** One of this member's by id, of any kind and in any state, locked. */
  static findOwn(project: Project, viewer: Viewer, id: string) {
    return this.#ownIn(project, viewer).where('id', idOrNone(id)).forUpdate().firstOrFail()
  }

  static #ownIn(project: Project, viewer: Viewer) {
    return this.query().where({ project_id: project.id, membership_id: viewer.membershipId })
  }

  get isOpen() {
    return this.status === 'proposed' && this.content !== null
  }

  /** The proposal is still known, and was dismissed. */
  get isReopenable() {
    return this.status === 'dismissed' && this.content !== null
  }

  /** Its asker accepted it; this is what it became, as proposed or changed. */
  async accept(outcome: Outcome, { isEdited }: { isEdited: boolean }) {
    return this.#decide({ ...outcome, status: isEdited ? 'edited' : 'accepted' })
  }

  async dismiss() {
    return this.#decide({ status: 'dismissed' })
  }

  /** Awaits an answer again, as long as the proposal is kept. */
  async reopen() {
    Object.assign(this, { status: 'proposed', decidedAt: null })
    return this.auditAs('ai_proposal.reopened').save()
  }

  #decide(outcome: Partial<AiProposal>) {
    Object.assign(this, outcome, { decidedAt: DateTime.utc() })
    return this.auditAs(`ai_proposal.${this.status}`).save()
  }
}
