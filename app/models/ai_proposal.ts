import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { NIL, validate as isUuid } from 'uuid'
import type { Viewer } from '#identity/viewer'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import type Project from '#models/project'
import type { RaidType } from '#models/raid/enumerations'
import { sealedColumn } from '#models/sealed_column'

/** An entry as the assistant words it, by the names of the form's fields; `quote` is what it took it from. */
export type ProposedEntry = { title: string; quote: string; [field: string]: string | number }

export const proposalStatuses = {
  proposed: 'Proposed',
  accepted: 'Accepted',
  edited: 'Edited and accepted',
  dismissed: 'Dismissed',
} as const

/**
 * A RAID entry that the assistant proposes. It is its asker's alone, and adds nothing to the log until that
 * person accepts it, with their own rights.
 */
export default class AiProposal extends compose(BaseModel, tenanted, audited) {
  static table = 'ai_proposals'

  static audit = {
    type: 'ai_proposal',
    project: (row: AiProposal) => row.projectId,
    facts: (row: AiProposal) => ({
      kind: row.type,
      status: row.status,
      source: row.interactionId,
      target: row.raidItemId,
    }),
    skip: ['projectId', 'interactionId', 'membershipId', 'position', 'type', 'content'].concat([
      'raidItemId',
      'decidedAt',
    ]),
  }

  @column() declare projectId: string
  @column() declare interactionId: string
  @column() declare membershipId: string
  @column() declare position: number
  @column() declare type: RaidType

  /** With words in the place of people, as it came. */
  @column(sealedColumn('ai_proposals.content')) declare content: ProposedEntry | null
  @column() declare status: keyof typeof proposalStatuses
  @column() declare raidItemId: string | null
  @column.dateTime() declare decidedAt: DateTime | null

  /** What waits for this member's answer in a project, the oldest first. */
  static openIn(project: Project, viewer: Viewer) {
    return this.query()
      .where({ project_id: project.id, membership_id: viewer.membershipId, status: 'proposed' })
      .whereNotNull('content')
      .orderBy('created_at')
      .orderBy('position')
  }

  /** One of them by id, held as it is. Throws E_ROW_NOT_FOUND, also for what was answered already. */
  static findOpen(project: Project, viewer: Viewer, id: string) {
    return this.openIn(project, viewer)
      .where('id', isUuid(id) ? id : NIL)
      .forUpdate()
      .firstOrFail()
  }

  /** It became an entry, as it was or otherwise. */
  async accept(raidItemId: string, isEdited: boolean) {
    return this.#decide({ status: isEdited ? 'edited' : 'accepted', raidItemId })
  }

  async dismiss() {
    return this.#decide({ status: 'dismissed' })
  }

  #decide(outcome: Partial<AiProposal>) {
    Object.assign(this, outcome, { decidedAt: DateTime.utc() })
    return this.auditAs(`ai_proposal.${this.status}`).save()
  }
}
