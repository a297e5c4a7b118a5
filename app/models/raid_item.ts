import { compose } from '@adonisjs/core/helpers'
import { errors as lucidErrors } from '@adonisjs/lucid'
import { BaseModel, beforeSave } from '@adonisjs/lucid/orm'
import type { Facts } from '#audit/facts'
import type { Viewer } from '#identity/viewer'
import { idOrNone } from '#models/ids'
import { saveMany } from '#models/saving/many'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import type Project from '#models/project'
import { allocateNumbers } from '#models/project/numbers'
import { keepAgreement, takeWord, type Word } from '#models/raid/agreement'
import { tellPeople } from '#models/raid/assignment'
import { withRaidColumns } from '#models/raid/columns'
import { dateStatus } from '#models/raid/dating'
import type { Priority, RaidType, Side } from '#models/raid/enumerations'
import { endOthers } from '#models/raid/levels'
import { movesOf } from '#models/raid/moves'
import { refOf, type Ref } from '#models/raid/refs'
import { score, scoring } from '#models/raid/scoring'
import { tellOtherSides } from '#models/raid/sides'
import { initialStatus, isSettled } from '#models/raid/transitions'
import { inLogOf, onlyVisible } from '#models/raid/visibility'
import RaidReader from '#models/raid_reader'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A risk, assumption, issue, dependency or decision of one project. */
export default class RaidItem extends compose(
  BaseModel,
  tenanted,
  audited,
  versioned,
  withRaidColumns
) {
  static table = 'raid_items'

  /**
   * Everything that people are told beside a field is checked before, not left to the database: a new item is sent
   * together with its event and the commit, and fails with it.
   */
  static insertsUnawaited = true

  static audit = {
    type: 'raid_item',
    // For a dependency between projects, each side's actions are in its own trail.
    project: (row: RaidItem) =>
      row.side === 'counterpart' ? row.counterpartProjectId : row.projectId,
    facts: (row: RaidItem) => ({
      ref: row.$extras.ref,
      kind: row.type,
      status: row.status,
      import: row.importId,
    }),
    skip: [
      'createdBy',
      'importId',
      'projectId',
      'draftedFor',
      'awaitedSide',
      'homeAnsweredBy',
      'homeAnsweredOn',
      'counterpartAnsweredBy',
      'counterpartAnsweredOn',
    ],
  }

  /** Who may read it from the next save on; null leaves the readers unchanged. */
  #readers: string[] | null = null

  /** From which of its two projects it is viewed and changed. */
  side: Side = 'home'

  /** What is about to be saved is one side's answer, not another proposal. */
  isAnswering = false

  @beforeSave()
  static keepAgreement(item: RaidItem) {
    keepAgreement(item)
  }

  @beforeSave()
  static dateClosure(item: RaidItem) {
    dateStatus(item)
  }

  /** A known person needs no name as it was written. */
  @beforeSave()
  static dropLabel(item: RaidItem) {
    if (item.actioneeId || item.actioneeExternalId) item.actioneeLabel = null
  }

  /**
   * Saves what was merged into many locked items of one project, with as many queries as for one, and an event for each
   * with these facts. Ends and notifies everything that saving each one would have.
   */
  static async saveMany(items: RaidItem[], action: string, facts: Facts = {}) {
    const changed = items.filter((item) => item.$isDirty)
    const tell = tellPeople(changed)
    const levelled = changed.filter((item) => 'escalation' in item.$dirty)
    for (const item of changed) {
      item.lockVersion += 1
      this.keepAgreement(item)
      this.dateClosure(item)
      this.dropLabel(item)
    }
    const changes = changed.map((item) => ({ item, before: { ...item.$original } }))
    await saveMany(changed, action, facts)
    await endOthers(levelled)
    await tell()
    await tellOtherSides(changes)
  }

  /** The items of one project that the viewer may see. */
  static visibleIn(project: Project, viewer: Viewer) {
    const query = this.query().where('project_id', project.id)
    onlyVisible(query, viewer, project)
    return query
  }

  /** One visible item of a project by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static async findVisible(project: Project, viewer: Viewer, id: string) {
    const item = await this.visibleIn(project, viewer)
      .where('raid_items.id', idOrNone(id))
      .firstOrFail()
    return item.refersTo(project)
  }

  /**
   * One visible item in a project's log by id: its own, or a dependency of another project that names this one. Throws
   * E_ROW_NOT_FOUND, also when it is not an id at all.
   */
  static async findInLog(project: Project, viewer: Viewer, id: string) {
    const { trx, organisationId } = Tenancy.current()
    const [text, values] = inLogOf(project, viewer)
    // With this many columns, planning the query takes several times as long as running it.
    const [row] = await read(
      trx,
      `select ${this.columnNames.join(', ')} from raid_items
        where organisation_id = ? and id = ? and ${text}`,
      [organisationId, idOrNone(id), ...values]
    )
    if (!row) throw new lucidErrors.E_ROW_NOT_FOUND(this)
    const item = this.$createFromAdapterResult(row, undefined, { client: trx }) as RaidItem
    return item.projectId === project.id ? item.refersTo(project) : item.seenFromOtherSide()
  }

  /** The visible item that a reference names in a project; null when there is none. */
  static async findByRef(project: Project, viewer: Viewer, ref: Ref | null) {
    if (!ref || (ref.code && ref.code !== project.code)) return null
    const item = await this.visibleIn(project, viewer)
      .where({ type: ref.type, number: ref.number })
      .first()
    return item?.refersTo(project) ?? null
  }

  /** Adds an item under the project's next number of its type. */
  static async raise(
    project: Project,
    attributes: Partial<RaidItem> & { type: RaidType },
    readerIds: string[] = []
  ) {
    const item = this.draft(project, attributes)
    item.number = await allocateNumbers(project.id, item.type, 1)
    item.refersTo(project)
    item.#name(readerIds, [])
    return item.#saveWithReaders()
  }

  /** A new item of the project, complete except for its number. */
  static draft(project: Project, attributes: Partial<RaidItem> & { type: RaidType }) {
    const item = new RaidItem()
    item.merge(attributes)
    item.status ??= initialStatus(item.type)
    item.fillDefaults()
    item.escalation ??= 'project'
    item.sensitivity ??= 'normal'
    item.lockVersion = 1
    item.projectId = project.id
    item.createdBy = Tenancy.current().membershipId
    return item
  }

  /** Tells the item its project's code, so that it and its audit events can name themselves. */
  refersTo(project: Project) {
    this.$extras.ref = refOf(project.code, this)
    return this
  }

  /** Views a dependency from the project that it names, where the other one may be unknown. */
  seenFromOtherSide() {
    this.side = 'counterpart'
    this.$extras.ref = refOf(null, this)
    return this
  }

  /** Such as ATLAS-R12; needs `refersTo` first. */
  get ref(): string {
    return this.$extras.ref
  }

  /** How a notice names the item: if it is kept to a few people, by its ref alone. */
  get calling() {
    return this.sensitivity === 'normal' ? `${this.ref} ${this.title}` : this.ref
  }

  /** Defaults that a type needs, if its author did not choose. */
  fillDefaults() {
    if (this.type === 'risk') this.nature ??= 'threat'
    if (this.type === 'issue') this.issueKind ??= 'problem_concern'
    if (this.type === 'dependency') this.direction ??= 'inbound'
  }

  /**
   * Changes the item if it has not changed since `lockVersion` was read. Otherwise throws StaleRecord, which holds the
   * present row.
   */
  async revise(changes: Partial<RaidItem>, lockVersion: number, action?: string) {
    await this.lockRow(lockVersion)
    this.merge(changes as any)
    return this.saveRevision(action)
  }

  /** Makes exactly these members the readers, with the next save; `undefined` leaves them unchanged. */
  async nameReaders(membershipIds: string[] | undefined) {
    if (membershipIds) this.#name(membershipIds, await RaidReader.of(this))
  }

  /** Saves what was merged since `lockRow` as the next version; no change makes no version. */
  async saveRevision(action?: string) {
    if (!this.$isDirty && !this.#readers) return this
    this.lockVersion += 1
    if (action) this.auditAs(action)
    return this.#saveWithReaders()
  }

  #name(membershipIds: string[], before: string[]) {
    const after = [...new Set(membershipIds)].sort()
    if (after.join() === before.join()) return
    this.#readers = after
    this.auditBesides({ reader_ids: { before, after } })
  }

  async #saveWithReaders() {
    const tell = tellPeople([this])
    const isLevelled = 'escalation' in this.$dirty && this.$isPersisted
    const before = { ...this.$original }
    await this.save()
    if (this.#readers) await RaidReader.replace(this, this.#readers)
    this.#readers = null
    if (isLevelled) await endOthers([this])
    await tell()
    await tellOtherSides([{ item: this, before }])
    return this
  }

  /** One side's answer to a dependency between projects, since `lockVersion` was read. */
  async answer(word: Word, lockVersion: number) {
    await this.lockRow(lockVersion)
    takeWord(this, this.side, word)
    return this.saveRevision('raid_item.answered')
  }

  /** True when the status may change to `next`, or stays the same. */
  mayBecome(next: string) {
    return next === this.status || this.movesTo.includes(next)
  }

  /** The statuses that may follow. A dependency between projects is agreed by both, or not at all. */
  get movesTo() {
    return movesOf(this, this.side)
  }

  get isSettled() {
    return isSettled(this.type, this.status)
  }

  get currentScore() {
    return score(this.currentLikelihood, this.currentImpact)
  }

  get band() {
    return scoring().bandOf(this.currentScore)
  }

  get priority(): Priority | null {
    return this.priorityOverride ?? scoring().derivedPriority(this.severity, this.urgency)
  }
}
