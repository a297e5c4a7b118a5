import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { record } from '#audit/events'
import { enqueue } from '#jobs/enqueue'
import { idOrNone } from '#models/ids'
import { tenanted } from '#models/mixins/tenanted'
import { refuse } from '#models/violation'
import type { Alert } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

export const alertKinds = {
  notice: 'Notice',
  maintenance: 'Maintenance',
  incident: 'Incident',
} as const satisfies Record<Alert['kind'], string>

export const mailedTo = {
  leaders: 'Owners and admins',
  members: 'Every member, deactivated ones too',
} as const

type MailedTo = keyof typeof mailedTo

export type NewAlert = {
  kind: Alert['kind']
  body: string
  /** The only organisation that is told, with its name; null for everyone. */
  target: { id: string; name: string } | null
  beginsAt: DateTime
  endsAt: DateTime
  /** Who is mailed as well, at once. */
  mailedTo: MailedTo | null
  /** What the mail says besides: paragraphs. */
  letter: string | null
}

const LONGEST_DAYS = 90

/** Something the platform tells everyone, or one organisation, for a time; under the platform's own tenancy. */
export default class SystemAlert extends compose(BaseModel, tenanted) {
  @column() declare kind: Alert['kind']
  @column() declare body: string
  @column() declare targetId: string | null
  @column.dateTime() declare beginsAt: DateTime
  @column.dateTime() declare endsAt: DateTime
  @column() declare isMailed: boolean
  @column() declare mailsMembers: boolean
  @column() declare letter: string | null

  /** The latest alerts, those that end last first. */
  static latest() {
    return this.query().orderBy('ends_at', 'desc').orderBy('id', 'desc').limit(50)
  }

  /** Shows an alert from its start on, and mails it if wanted. */
  static async show({ target, mailedTo: readers, ...given }: NewAlert) {
    refuseTimes(given)
    if (given.letter && !readers) refuse('mailed_to', 'Choose who gets the email')
    const alert = await this.create({
      ...given,
      id: uuidv7(),
      targetId: target?.id ?? null,
      isMailed: readers !== null,
      mailsMembers: readers === 'members',
    })
    await record({
      action: 'system_alert.created',
      entityType: 'system_alert',
      entityId: alert.id,
      facts: { kind: alert.kind },
      values: {
        body: { after: alert.body },
        organisation: { after: target?.name ?? 'Everyone' },
        begins_at: { after: alert.beginsAt.toISO() },
        ends_at: { after: alert.endsAt.toISO() },
        mailed_to: { after: readers && mailedTo[readers] },
        letter: { after: alert.letter },
      },
    })
    if (alert.isMailed) await enqueue(Tenancy.current().trx, 'mail_alert', { alertId: alert.id })
    return alert
  }

  /** Who is mailed; null for nobody. */
  get readers(): MailedTo | null {
    if (!this.isMailed) return null
    return this.mailsMembers ? 'members' : 'leaders'
  }

  /** One alert that is not over. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findOpen(id: string) {
    return this.query()
      .where('id', idOrNone(id))
      .where('ends_at', '>', new Date())
      .forUpdate()
      .firstOrFail()
  }

  /** Takes it down now; one that has not started never shows. */
  async endNow() {
    const now = DateTime.utc()
    const before = this.endsAt
    this.endsAt = this.beginsAt > now ? this.beginsAt : now
    await this.save()
    await record({
      action: 'system_alert.ended',
      entityType: 'system_alert',
      entityId: this.id,
      values: { ends_at: { before: before.toISO(), after: this.endsAt.toISO() } },
    })
  }
}

function refuseTimes({ beginsAt, endsAt }: Pick<NewAlert, 'beginsAt' | 'endsAt'>) {
  if (endsAt <= DateTime.utc()) refuse('ends_at', 'Choose a time in the future')
  if (endsAt <= beginsAt) refuse('ends_at', 'Choose an end after the start')
  if (endsAt > beginsAt.plus({ days: LONGEST_DAYS })) {
    refuse('ends_at', `Choose an end within ${LONGEST_DAYS} days of the start`)
  }
}
