import { compose } from '@adonisjs/core/helpers'
import { errors } from '@adonisjs/lucid'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { beginning } from '#models/text/beginning'
import type { EvidenceKind } from '#models/gate/enumerations'
import type GateCriterion from '#models/gate_criterion'
import GateReview from '#models/gate_review'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import type RaidItem from '#models/raid_item'
import { admit } from '#models/stored_file/admitting'
import { discardFiles, keepBytes } from '#models/stored_file/files'
import { orGone, refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** Evidence that a criterion is met. A removed one keeps its row, because a frozen pack may name it. */
export default class GateEvidence extends compose(BaseModel, tenanted, audited) {
  static table = 'gate_evidence'

  static audit = {
    type: 'gate_evidence',
    project: (row: GateEvidence) => row.projectId,
    facts: (row: GateEvidence) => ({
      ref: row.$extras.ref,
      kind: row.kind,
      target: row.$extras.gateId,
      source: row.criterionId,
    }),
    skip: ['projectId', 'criterionId', 'fileKey', 'addedBy', 'removedBy', 'raidItemId', 'erasedAt'],
  }

  @column() declare projectId: string
  @column() declare criterionId: string
  @column() declare kind: EvidenceKind
  @column() declare name: string
  @column() declare fileKey: string | null
  @column() declare size: number | null
  @column() declare mediaType: string | null
  /** SHA-256 of the file, in hexadecimal. */
  @column({ columnName: 'sha256' }) declare sha256: string | null
  @column() declare url: string | null
  @column() declare raidItemId: string | null
  /** Such as ATLAS-R12; remains when the record is gone. */
  @column() declare recordRef: string | null
  @column() declare addedBy: string | null
  @column() declare removedBy: string | null
  @column.dateTime() declare removedAt: DateTime | null
  /** When its file was deleted because it named someone who was erased. */
  @column.dateTime() declare erasedAt: DateTime | null

  /** The evidence for these criteria, oldest first. */
  static standing(criteria: { id: string }[]) {
    return this.query()
      .whereIn(
        'criterion_id',
        criteria.map(({ id }) => id)
      )
      .whereNull('removed_at')
      .orderBy('id')
  }

  /** One present piece of a criterion's evidence. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static async findIn(criterion: GateCriterion, id: string) {
    const evidence = await this.standing([criterion]).where('id', idOrNone(id)).firstOrFail()
    return evidence.shows(criterion)
  }

  /** Adds a file, once its bytes are what its name claims. */
  static async addFile(criterion: GateCriterion, name: string, bytes: Buffer) {
    const admitted = await admit('evidence', name, bytes)
    const evidence = await this.#add(criterion, { kind: 'file', ...admitted })
    await keepBytes('evidence', admitted.id, bytes)
    return evidence
  }

  /** Adds a link; without a name, its address is used. */
  static addLink(criterion: GateCriterion, url: string, name: string | null) {
    return this.#add(criterion, { kind: 'link', url, name: name ?? beginning(url, 300) })
  }

  /** Adds an entry of the RAID log, which everyone who sees the gate can see too. */
  static addRecord(criterion: GateCriterion, item: RaidItem) {
    if (item.sensitivity !== 'normal') {
      refuse('record', `Not everyone can see ${item.ref}, so it cannot be evidence`)
    }
    const { ref } = item
    return this.#add(criterion, { kind: 'record', raidItemId: item.id, recordRef: ref, name: ref })
  }

  static #add(criterion: GateCriterion, attributes: Partial<GateEvidence>) {
    const evidence = new GateEvidence().merge(attributes)
    evidence.projectId = criterion.projectId
    evidence.criterionId = criterion.id
    evidence.addedBy = Tenancy.current().membershipId
    return orGone(evidence.shows(criterion).save())
  }

  /** Lets its audit events name the gate and point at it. */
  shows(criterion: Pick<GateCriterion, 'gateId' | '$extras'>) {
    this.$extras = { ref: criterion.$extras.ref, gateId: criterion.gateId }
    return this
  }

  /** Where its file is stored. Throws E_ROW_NOT_FOUND for evidence that is not a file. */
  get file() {
    const { id, fileKey, sha256, mediaType, size } = this
    if (this.kind !== 'file' || this.erasedAt) throw new errors.E_ROW_NOT_FOUND(GateEvidence)
    return {
      home: 'evidence' as const,
      id,
      fileKey: fileKey!,
      sha256: sha256!,
      mediaType: mediaType!,
      size: size!,
    }
  }

  /**
   * Removes it; the trail keeps what it was. A file is deleted for good, unless it was submitted to the deciders: what
   * they decided on stays as it was.
   */
  async remove() {
    this.removedAt = DateTime.utc()
    this.removedBy = Tenancy.current().membershipId
    await this.auditAs('gate_evidence.removed').save()
    if (this.kind === 'file' && !(await this.#wasSubmitted()))
      await discardFiles('evidence', [this.id])
  }

  async #wasSubmitted() {
    const round = await GateReview.query()
      .where('gate_id', this.$extras.gateId)
      .where('submitted_at', '>=', this.createdAt.toSQL()!)
      .first()
    return round !== null
  }
}
