import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { v7 as uuidv7 } from 'uuid'
import { tenanted } from '#models/mixins/tenanted'
import { kindNames, kindOf, type NotificationKind } from '#models/notification/kinds'
import { takeTurns } from '#models/saving/turns'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** One member's mails of one kind. */
export type MailsOfKind = { organisationId: string; membershipId: string; kind: NotificationKind }

export type Channel = 'inApp' | 'mail'
type Choice = Record<Channel, boolean>
type Choices = Record<NotificationKind, Choice>
export type Changes = Partial<Record<NotificationKind, Partial<Choice>>>

/**
 * How a member wants to be notified of one kind, if they chose. Not audited: it is their own choice, and the row says
 * since when.
 */
export default class NotificationPreference extends compose(BaseModel, tenanted) {
  @column() declare membershipId: string
  @column() declare kind: NotificationKind
  @column() declare inApp: boolean
  @column() declare mail: boolean

  /** How a member is notified of each kind: as they chose, or by default. */
  static async of(membershipId: string): Promise<Choices> {
    const rows = await this.query().where('membership_id', membershipId)
    const chosen = new Map(rows.map((row) => [row.kind, row]))
    const choices = kindNames.map((kind) => {
      const { inApp, mail, mandatory } = { ...kindOf(kind), ...pick(chosen.get(kind)) }
      return [kind, { inApp, mail: mail || mandatory !== undefined }]
    })
    return Object.fromEntries(choices)
  }

  /** Changes these choices and leaves the others; mandatory ones stay. */
  static async change(membershipId: string, changes: Changes) {
    await takeTurns('memberships', membershipId)
    const present = await this.of(membershipId)
    const rows = Object.entries(changes).map(([name, change]) => {
      const kind = name as NotificationKind
      const { inApp, mail } = { ...present[kind], ...change }
      return {
        id: uuidv7(),
        kind,
        in_app: inApp,
        mail: mail || kindOf(kind).mandatory !== undefined,
      }
    })
    await keep(membershipId, rows)
  }
}

type Row = { id: string; kind: NotificationKind; in_app: boolean; mail: boolean }

function pick(row: NotificationPreference | undefined): Partial<Choice> {
  return row ? { inApp: row.inApp, mail: row.mail } : {}
}

async function keep(membershipId: string, rows: Row[]) {
  const { trx, organisationId } = Tenancy.current()
  await sql(
    trx,
    `insert into notification_preferences (organisation_id, id, membership_id, kind, in_app, mail)
     select ?, id, ?, kind, in_app, mail
       from json_to_recordset(?::json) as rows (id uuid, kind text, in_app boolean, mail boolean)
     on conflict (organisation_id, membership_id, kind)
       do update set in_app = excluded.in_app, mail = excluded.mail, updated_at = now()`,
    [organisationId, membershipId, JSON.stringify(rows)]
  )
}
