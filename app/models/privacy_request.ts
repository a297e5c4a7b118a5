import { createHash } from 'node:crypto'
import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { NIL, validate as isUuid } from 'uuid'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { latestExtension, todayUtc } from '#models/privacy_request/clock'
import PrivacyCode, { randomText } from '#models/privacy_request/code'
import { contactHash, type Contact } from '#models/privacy_request/contact'
import Erasure from '#models/erasure'
import * as enumerations from '#models/privacy_request/enumerations'
import PrivacyRequestEntry, { type EntryKind } from '#models/privacy_request/entry'
import * as letters from '#models/privacy_request/letters'
import PrivacyRequestRecipient, { type RecipientOutcome } from '#models/privacy_request/recipient'
import { sealedColumn } from '#models/sealed_column'
import { refuse } from '#models/violation'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const MOST_A_DAY = 3

export type NewRequest = {
  kind: enumerations.RequestKind
  channel: enumerations.RequestChannel
  userId?: string | null
  contact: Contact
  details: string | null
  receivedOn?: string
}

/**
 * What a person asks about their data. It stands in the platform's own tenancy; who asks and what they
 * write is encrypted, and the audit trail keeps neither.
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

  @column()
  declare ref: string

  @column()
  declare kind: enumerations.RequestKind

  @column()
  declare channel: enumerations.RequestChannel

  @column()
  declare status: enumerations.RequestStatus

  @column()
  declare userId: string | null

  @column(sealedColumn('privacy_requests.contact'))
  declare contact: Contact | null

  @column()
  declare contactHash: Buffer | null

  @column(sealedColumn('privacy_requests.details'))
  declare details: string | null

  @column()
  declare receivedOn: string

  /** Made by the database from the day of receipt. */
  @column()
  declare dueOn: string

  @column()
  declare targetOn: string

  @column()
  declare identityMethod: enumerations.IdentityMethod | null

  @column.dateTime()
  declare identityVerifiedAt: DateTime | null

  @column()
  declare extendedTo: string | null

  @column()
  declare extensionReason: enumerations.ExtensionReason | null

  @column.dateTime()
  declare extensionNotifiedAt: DateTime | null

  @column()
  declare refusalGround: enumerations.RefusalGround | null

  /** What the person was told in the end. */
  @column(sealedColumn('privacy_requests.answer'))
  declare answer: string | null

  @column.dateTime()
  declare acknowledgedAt: DateTime | null

  @column.dateTime()
  declare completedAt: DateTime | null

  @column({ columnName: 'evidence_sha256' })
  declare evidenceSha256: string | null

  @column()
  declare handlerId: string | null

  /** One request by id. Throws E_ROW_NOT_FOUND, also for what is not an id at all. */
  static findById(id: string) {
    return this.query()
      .where('id', isUuid(id) ? id : NIL)
      .forUpdate()
      .firstOrFail()
  }

  /** One of the person's own. Throws E_ROW_NOT_FOUND for anybody else's. */
  static findOwn(userId: string, id: string) {
    return this.query()
      .where({ id: isUuid(id) ? id : NIL, userId })
      .forUpdate()
      .firstOrFail()
  }

  /** The person's open request to be erased; null for none. */
  static openErasureOf(userId: string) {
    return this.query().where({ userId, kind: 'erasure' }).whereNull('completed_at').first()
  }

  /** One by what people quote; null for none. */
  static findByRef(ref: string) {
    return this.query().where('ref', ref).forUpdate().first()
  }

  /** The person's own requests, newest first. */
  static of(userId: string) {
    return this.query().where('user_id', userId).orderBy('id', 'desc')
  }

  /** Whether this address has asked so often today that another would be noise. */
  static async isTooOften(email: string) {
    const since = DateTime.utc().minus({ days: 1 }).toJSDate()
    const lately = await this.query()
      .where('contact_hash', contactHash(email))
      .where('created_at', '>', since)
    return lately.length >= MOST_A_DAY
  }

  /** Takes a request in. Its clock runs from the day of receipt, whatever is checked later. */
  static async receive(asked: NewRequest) {
    const { kind, channel, userId = null, contact, details } = asked
    const request = await this.create({
      ...{ kind, channel, userId, contact, details, ref: `P-${randomText(6)}`, lockVersion: 1 },
      contactHash: contact.email ? contactHash(contact.email) : null,
      status: 'received',
      receivedOn: asked.receivedOn ?? todayUtc(),
    })
    const received = await this.findOrFail(request.id)
    await received.log('received')
    return received
  }

  get isOpen() {
    return this.completedAt === null
  }

  /** The day that counts: the extended one, where it was extended. */
  get answerBy() {
    return this.extendedTo ?? this.dueOn
  }

  /** An account is erased by steps of its own, whose last one fulfils the request. */
  get mayBeErased() {
    const isAsked = this.kind === 'erasure' && this.userId !== null
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

  /** Mails a code that proves whose address it is. Answers false when too many were asked for. */
  async sendCode() {
    if (!this.isOpen || !this.contact?.email) return false
    const issued = await PrivacyCode.issue(this.id)
    if (!issued) return false
    await letters.sendCode(this, issued)
    if (this.status === 'received') await this.#moveTo('identity')
    await this.log('code_sent')
    return true
  }

  /** Takes a code. Right, it shows that the address is theirs; the account of that address is the person's. */
  async redeem(code: string) {
    if (!(await PrivacyCode.redeem(this.id, code))) return false
    if (this.identityMethod || !this.isOpen) return true
    this.userId ??= await accountOf(this.contact!.email!)
    await this.verifyIdentity('mailed_code')
    return true
  }

  /** Notes how it was established who asks, and goes to work. */
  async verifyIdentity(method: enumerations.IdentityMethod) {
    if (this.identityMethod) refuse('identity_method', 'It is established already who asks')
    this.identityMethod = method
    this.identityVerifiedAt = DateTime.utc()
    await this.#moveTo('working')
    await this.log('identity_verified', enumerations.identityMethods[method])
  }

  /** Asks the person something. The clock goes on. */
  async askBack(question: string) {
    await this.#moveTo('clarification')
    await letters.askBack(this, question)
    await this.log('clarification_asked', question)
  }

  /** Notes what the person answered. */
  async takeAnswer(answer: string) {
    await this.#moveTo('working')
    await this.log('clarification_answered', answer)
  }

  /** Tells the person that we have it, as complaints require within 30 days. */
  async acknowledge() {
    if (this.acknowledgedAt) refuse('acknowledgement', 'Its receipt is acknowledged already')
    this.acknowledgedAt = DateTime.utc()
    await letters.acknowledge(this)
    await this.auditAs('privacy_request.acknowledged').saveRevision()
    await this.log('acknowledged')
  }

  /** Puts the answer off, once, while it is not overdue yet, and tells the person why. */
  async extend(to: string, reason: enumerations.ExtensionReason, text: string) {
    if (!this.isOpen) refuse('extended_to', 'This request is closed')
    if (this.extendedTo) refuse('extended_to', 'A request is extended once')
    if (todayUtc() > this.dueOn) refuse('extended_to', 'It is overdue: too late to extend')
    const latest = latestExtension(this.receivedOn)
    if (to <= this.dueOn || to > latest) {
      refuse('extended_to', `Choose a day after ${this.dueOn} and not after ${latest}`)
    }
    this.extendedTo = to
    this.extensionReason = reason
    this.extensionNotifiedAt = DateTime.utc()
    await letters.tellOfExtension(this, text)
    await this.auditAs('privacy_request.extended').saveRevision()
    await this.log('extended', text)
  }

  /** Refuses on one of the grounds that the law knows, and tells the person, with their ways to complain. */
  async decline(ground: enumerations.RefusalGround, text: string) {
    this.refusalGround = ground
    this.answer = text
    await this.#close('refused')
    await letters.tellOfRefusal(this, text)
    await this.log('refused', text)
  }

  /** Closes it as done. What proves it is hashed, or was, so that it can be shown unchanged later. */
  async fulfil(text: string, evidence: string | Buffer | { sha256: string }) {
    if (!this.identityVerifiedAt) refuse('answer', 'First establish who asks')
    this.answer = text
    this.evidenceSha256 = hashOf(evidence)
    await this.#close('fulfilled')
    await letters.tellOfFulfilment(this, text)
    await this.log('fulfilled', text)
  }

  /** Closes it at the person's own wish. */
  async withdraw() {
    await this.#close('withdrawn')
    await this.log('withdrawn')
  }

  /** Notes that a recipient of the data was told of the change, or could not be (Article 19). */
  async inform(recipient: string, outcome: RecipientOutcome) {
    const known = await this.recipients.where('recipient', recipient).first()
    if (known) refuse('recipient', 'This recipient is noted already')
    await PrivacyRequestRecipient.create({
      ...{ requestId: this.id, recipient, outcome, informedOn: todayUtc() },
    })
    await this.log('recipient', `${recipient}: ${outcome}`)
    await this.auditAs('privacy_request.recipient_noted').#touch()
  }

  async note(text: string) {
    await this.log('note', text)
    await this.auditAs('privacy_request.noted').#touch()
  }

  /** Adds a line to the log, in the name of whoever of the staff is at work. */
  log(kind: EntryKind, text: string | null = null) {
    const { actorKind, userId } = Tenancy.current()
    const authorId = actorKind === 'staff' ? userId : null
    return PrivacyRequestEntry.create({ requestId: this.id, kind, text, authorId })
  }

  async #moveTo(status: enumerations.RequestStatus, action = 'privacy_request.status_changed') {
    if (!enumerations.maySet(this.status, status)) {
      refuse('status', 'This step is not open from here')
    }
    this.status = status
    await this.auditAs(action).saveRevision()
  }

  async #close(status: 'fulfilled' | 'refused' | 'withdrawn') {
    await this.#refuseUnderErasure()
    this.completedAt = DateTime.utc()
    await this.#moveTo(status, `privacy_request.${status}`)
  }

  /** An erasure that began cannot be taken back, and only its own last step ends the request. */
  async #refuseUnderErasure() {
    if (this.kind !== 'erasure' || Tenancy.current().actorKind === 'system') return
    const begun = await Erasure.forRequest(this.id)
    if (begun?.isOpen) refuse('status', 'The erasure is under way')
  }

  /** What stands beside the request changed: that counts as a change of it. */
  async #touch() {
    this.lockVersion += 1
    await this.auditBesides({ log: { after: 'note' } }).save()
  }
}

function hashOf(evidence: string | Buffer | { sha256: string }) {
  if (typeof evidence === 'object' && 'sha256' in evidence) return evidence.sha256
  return createHash('sha256').update(evidence).digest('hex')
}

async function accountOf(email: string): Promise<string | null> {
  const [{ id }] = await sql(Tenancy.current().trx, 'select directory.account_of(?) as id', [email])
  return id
}
