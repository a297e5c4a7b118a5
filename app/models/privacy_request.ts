import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import type { Contact } from '#models/privacy_request/contact'
import * as enumerations from '#models/privacy_request/enumerations'
import PrivacyRequestEntry, { type EntryKind } from '#models/privacy_request_entry'
import PrivacyRequestRecipient from '#models/privacy_request_recipient'
import { sealedColumn } from '#models/mixins/sealed_column'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** The form of a ref. */
export const REF = /^P-[0-9A-Z]{6}$/

/**
 * What a person asks about their data. It belongs to the platform's own tenancy; who asks and what they write is
 * encrypted, and the audit trail keeps neither.
 */
export default class PrivacyRequest extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'privacy_request',
    facts: (row: PrivacyRequest) => ({ ref: row.ref, kind: row.kind, status: row.status }),
    skip: [
      'userId',
      'contact',
      'contactHash',
      'details',
      'answer',
      'handlerId',
      'dueOn',
      'targetOn',
    ],
  }

  @column() declare ref: string
  @column() declare kind: enumerations.RequestKind
  @column() declare channel: enumerations.RequestChannel
  @column() declare status: enumerations.RequestStatus
  @column() declare userId: string | null
  @column(sealedColumn('privacy_requests.contact')) declare contact: Contact | null
  @column() declare contactHash: Buffer | null
  @column(sealedColumn('privacy_requests.details')) declare details: string | null
  @column() declare receivedOn: string
  /** Computed by the database from the day of receipt. */
  @column() declare dueOn: string
  @column() declare targetOn: string
  @column() declare identityMethod: enumerations.IdentityMethod | null
  @column.dateTime() declare identityVerifiedAt: DateTime | null
  @column() declare extendedTo: string | null
  @column() declare extensionReason: enumerations.ExtensionReason | null
  @column.dateTime() declare extensionNotifiedAt: DateTime | null
  @column() declare refusalGround: enumerations.RefusalGround | null
  /** The final answer to the person. */
  @column(sealedColumn('privacy_requests.answer')) declare answer: string | null
  @column.dateTime() declare acknowledgedAt: DateTime | null
  @column.dateTime() declare completedAt: DateTime | null
  @column({ columnName: 'evidence_sha256' }) declare evidenceSha256: string | null
  @column() declare handlerId: string | null

  /** One request by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findById(id: string) {
    return this.query().where('id', idOrNone(id)).forUpdate().firstOrFail()
  }

  /** One of the person's own. Throws E_ROW_NOT_FOUND for anyone else's. */
  static findOwn(userId: string, id: string) {
    return this.query()
      .where({ id: idOrNone(id), userId })
      .forUpdate()
      .firstOrFail()
  }

  /** The person's open request to be erased; null for none. */
  static openErasureOf(userId: string) {
    return this.query().where({ userId, kind: 'erasure' }).whereNull('completed_at').first()
  }

  /** One by its ref, which people quote; null for none, also when it is not a ref at all. */
  static async findByRef(ref: string) {
    return REF.test(ref) ? this.query().where('ref', ref).forUpdate().first() : null
  }

  /** The person's own requests, newest first. */
  static of(userId: string) {
    return this.query().where('user_id', userId).orderBy('id', 'desc')
  }

  get isOpen() {
    return this.completedAt === null
  }

  /** The date that counts: the extended one, if it was extended. */
  get answerBy() {
    return this.extendedTo ?? this.dueOn
  }

  /** Erasing a person has steps of its own, the last of which fulfils the request. */
  get mayBeErased() {
    const isAsked = this.kind === 'erasure' && (this.userId !== null || this.contact !== null)
    return isAsked && this.status === 'working' && this.identityVerifiedAt !== null
  }

  /** The copy of data that this request asks for, once it is known who asks; null for other requests. */
  get exportKind() {
    if (this.status !== 'working' || this.identityVerifiedAt === null) return null
    return this.kind === 'access' || this.kind === 'portability' ? this.kind : null
  }

  get entries() {
    return PrivacyRequestEntry.query().where('request_id', this.id).orderBy('id')
  }

  get recipients() {
    return PrivacyRequestRecipient.query().where('request_id', this.id).orderBy('recipient')
  }

  /** Adds a line to the log, in the name of the staff member at work. */
  log(kind: EntryKind, text: string | null = null) {
    const { actorKind, userId } = Tenancy.current()
    const authorId = actorKind === 'staff' ? userId : null
    return PrivacyRequestEntry.create({ requestId: this.id, kind, text, authorId })
  }

  /** Moves to a state that is open from here, with the other changes. */
  async moveTo(status: enumerations.RequestStatus, action = 'privacy_request.status_changed') {
    if (!enumerations.maySet(this.status, status)) {
      refuse('status', 'This step is not open from here')
    }
    this.status = status
    await this.auditAs(action).saveRevision()
  }

  /** A change to what belongs to the request counts as a change of it. */
  noteBeside(action: string) {
    this.lockVersion += 1
    return this.touch(action, { log: { after: 'note' } })
  }
}
