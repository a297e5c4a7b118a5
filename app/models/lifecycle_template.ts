import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import type { AuditValue } from '#audit/events'
import type { LifecycleStatus } from '#models/gate/enumerations'
import { idOrNone } from '#models/ids'
import { copyParts, partsOf } from '#models/lifecycle/parts'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { takeTurnsAs } from '#models/saving/turns'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/**
 * One version of a lifecycle: the stages, gates and criteria that projects copy. Drafts can be edited; what is
 * published never changes, which the database enforces as well.
 */
export default class LifecycleTemplate extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'lifecycle',
    facts: (row: LifecycleTemplate) => ({ version: String(row.version), status: row.status }),
    skip: ['originId', 'version', 'createdBy', 'publishedAt', 'retiredAt'],
  }

  /** The first version, which stands for all of them. */
  @column() declare originId: string
  @column() declare version: number
  @column() declare name: string
  @column() declare description: string | null
  @column() declare status: LifecycleStatus
  @column.dateTime() declare publishedAt: DateTime | null
  @column.dateTime() declare retiredAt: DateTime | null
  @column() declare createdBy: string | null

  /** The versions that a project can use, those that came with the organisation first. */
  static offered() {
    return this.query().where('status', 'published').orderBy('origin_id')
  }

  /** One version by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findById(id: string) {
    return this.query().where('id', idOrNone(id)).firstOrFail()
  }

  /** A new lifecycle, as an empty draft of its first version. */
  static async begin(
    attributes: Pick<LifecycleTemplate, 'name'> & { description?: string | null }
  ) {
    const id = uuidv7()
    return new LifecycleTemplate()
      .merge({ ...attributes, id, originId: id, version: 1, ...draft() })
      .save()
  }

  /** Such as "Light, version 2". */
  get title() {
    return `${this.name}, version ${this.version}`
  }

  get isDraft() {
    return this.status === 'draft'
  }

  /** Everything in the version. */
  parts() {
    return partsOf(this)
  }

  /** The draft that follows this version: the one under way, or a copy of this one under the next number. */
  async nextDraft() {
    await this.#takeTurns()
    await this.holdRow()
    const versions = await this.#versions()
    const present = versions.find(({ status }) => status === 'draft')
    if (present) return present
    const next = new LifecycleTemplate().merge({
      originId: this.originId,
      version: versions[0].version + 1,
      name: this.name,
      description: this.description,
      ...draft(),
    })
    await next.save()
    await copyParts(await this.parts(), next)
    return next
  }

  /** Makes the draft the version that new projects copy, in place of the previous one. */
  async publish(lockVersion: number) {
    await this.#takeTurns()
    await this.lockRow(lockVersion)
    if (!this.isDraft) refuse('lifecycle', 'This version was published already')
    const { gates, stages } = await this.parts()
    if (stages.length === 0) refuse('lifecycle', 'Add a stage before you publish')
    if (gates.length === 0) refuse('lifecycle', 'Add a gate before you publish')
    for (const version of await this.#versions()) {
      if (version.status === 'published') await version.#become('superseded')
    }
    this.publishedAt = DateTime.utc()
    return this.#become('published', 'lifecycle.published')
  }

  /** Stops offering the lifecycle; projects that copied it keep their copies. */
  async retire(lockVersion: number) {
    await this.#takeTurns()
    await this.lockRow(lockVersion)
    if (this.status !== 'published') {
      refuse('lifecycle', 'Only the published version can be retired')
    }
    this.retiredAt = DateTime.utc()
    return this.#become('retired', 'lifecycle.retired')
  }

  /** Deletes a draft with everything in it. */
  async discard(lockVersion: number) {
    await this.#takeTurns()
    await this.lockRow(lockVersion)
    if (!this.isDraft) refuse('lifecycle', 'A published version stays: projects copied it')
    await this.delete()
  }

  /** Lets the draft's parts change: waits for anyone changing or publishing it, and refuses once it is published. */
  async holdOpen(field: string) {
    await this.holdRow()
    if (!this.isDraft) refuse(field, 'This version is published. Begin a new version to change it.')
  }

  /** Records a change to the draft's parts as a version of the draft. */
  tell(besides: Record<string, AuditValue>) {
    this.lockVersion += 1
    return this.auditBesides(besides).save()
  }

  /** Renames the draft. */
  async describe(changes: { name: string; description?: string | null }, lockVersion: number) {
    await this.lockRow(lockVersion)
    if (!this.isDraft)
      refuse('name', 'This version is published. Begin a new version to change it.')
    return this.merge(changes as any).saveRevision()
  }

  #become(status: LifecycleStatus, action = 'lifecycle.superseded') {
    this.status = status
    this.lockVersion += 1
    return this.auditAs(action).save()
  }

  /** Versions of one lifecycle are created one at a time. */
  #takeTurns() {
    return takeTurnsAs(this.originId)
  }

  #versions() {
    return LifecycleTemplate.query()
      .where('origin_id', this.originId)
      .orderBy('version', 'desc')
      .exec()
  }
}

function draft() {
  return {
    status: 'draft' as const,
    lockVersion: 1,
    createdBy: Tenancy.current().membershipId,
  }
}
