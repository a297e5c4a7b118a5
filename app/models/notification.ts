import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { idOrNone } from '#models/ids'
import { excerpt, namesIn, withNames, type Names } from '#models/text/mention'
import { tenanted } from '#models/mixins/tenanted'
import { readersAmong, type Addressee, type Reader } from '#models/notification/audience'
import { kindOf, type NotificationKind } from '#models/notification/kinds'
import { mailFor } from '#models/notification/mail'
import { STILL_VISIBLE } from '#models/notification/visibility'
import type Project from '#models/project'
import type RaidItem from '#models/raid_item'
import { lineOf } from '#mails/headers'
import { queueMails } from '#mails/outbox'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The records that one notice lists, each with its date; `more` are left out. */
export type Section = {
  heading: string
  lines: { text: string; on: string; path: string }[]
  more: number
}

export type NewNotification = {
  kind: NotificationKind
  /** Membership ids. The actor, inactive members and anyone who may not see the project are left out. */
  to: string[]
  project: Pick<Project, 'id' | 'code' | 'name'> | null
  /** The RAID item it is about: people it is kept from are left out too. */
  item?: Pick<RaidItem, 'id' | 'sensitivity'> | null
  /** The actor is notified as well: it finished after they had moved on. */
  isOwnDoing?: boolean
  /** Its detail is only for people who open it here, and goes into no mail. */
  isKeptHere?: boolean
  /** Where it leads: a path of ours. */
  path: string
  /** One line. People in it, and in the detail, are written as `mentionOf(id)`: names are filled in when it is read. */
  title: string
  /** Plain text. */
  detail?: string | null
  /** What its mail lists. */
  sections?: Section[]
  /** Names the occasion: a member is notified of it once. */
  key: string
}

const LONGEST_TITLE = 300
const LONGEST_DETAIL = 1000

/** Notifies members, each in the ways that they chose, in the transaction under way. */
export function notify(notice: NewNotification) {
  return notifyAll([notice])
}

/** The same for many notices, with as many queries as for one. */
export async function notifyAll(given: NewNotification[]) {
  const notices = given.map(shortened)
  const readers = await readersAmong(notices.flatMap(addresseesOf))
  if (readers.length === 0) return
  const names = await namesIn(notices.flatMap(({ title, detail }) => [title, detail]))
  await addToInboxes(
    notices,
    readers.filter((reader) => isToldInApp(notices, reader))
  )
  await queueMails(
    readers
      .filter((reader) => isToldByMail(notices, reader))
      .flatMap((reader) => mailFor(named(notices[reader.notice], names), reader))
  )
}

function shortened(notice: NewNotification): NewNotification {
  const { title, detail } = notice
  return {
    ...notice,
    title: excerpt(lineOf(title), LONGEST_TITLE),
    detail: detail ? excerpt(detail.replaceAll('\u0000', ''), LONGEST_DETAIL) : null,
  }
}

function addresseesOf(notice: NewNotification, index: number): Addressee[] {
  const { kind, key, project, item, to, isOwnDoing = false } = notice
  return [...new Set(to)].map((membershipId) => ({
    notice: index,
    kind,
    key,
    membershipId,
    projectId: project?.id ?? null,
    raidItemId: item?.id ?? null,
    isOwnDoing,
  }))
}

function isToldInApp(notices: NewNotification[], { notice, inApp }: Reader) {
  return inApp ?? kindOf(notices[notice].kind).inApp
}

function isToldByMail(notices: NewNotification[], { notice, mail }: Reader) {
  const kind = kindOf(notices[notice].kind)
  return kind.mandatory !== undefined || (mail ?? kind.mail)
}

function named(notice: NewNotification, names: Names): NewNotification {
  const { title, detail } = notice
  return {
    ...notice,
    title: withNames(title, names, ''),
    detail: detail ? withNames(detail, names) : null,
  }
}

/** One row for each reader; an occasion already notified adds none. */
async function addToInboxes(notices: NewNotification[], readers: Reader[]) {
  if (readers.length === 0) return
  const { trx, organisationId } = Tenancy.current()
  const rows = readers.map(({ notice, membershipId }) => {
    const { kind, project, item, path, title, detail, key } = notices[notice]
    return {
      id: uuidv7(),
      membership_id: membershipId,
      project_id: project?.id ?? null,
      raid_item_id: item?.id ?? null,
      kind,
      path,
      title,
      detail,
      key,
    }
  })
  await sql(
    trx,
    `insert into notifications (organisation_id, id, membership_id, project_id, raid_item_id, kind, path,
       title, detail, key)
     select ?, id, membership_id, project_id, raid_item_id, kind, path, title, detail, key
       from json_to_recordset(?::json) as rows (id uuid, membership_id uuid, project_id uuid,
         raid_item_id uuid, kind text, path text, title text, detail text, key text)
     on conflict (organisation_id, membership_id, key) do nothing`,
    [organisationId, JSON.stringify(rows)]
  )
}

/** A notice to one member in the product. Not audited: the event behind it is. */
export default class Notification extends compose(BaseModel, tenanted) {
  /** One of a member's own notices by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findOwn(membershipId: string, id: string) {
    return this.query()
      .where('membership_id', membershipId)
      .where('id', idOrNone(id))
      .whereRaw(STILL_VISIBLE)
      .firstOrFail()
  }

  /** Marks a member's notices as read, up to the newest that they saw. */
  static async readAll(membershipId: string, newestId: string) {
    await this.query()
      .where('membership_id', membershipId)
      .where('id', '<=', newestId)
      .whereNull('read_at')
      .update({ read_at: DateTime.utc().toSQL() })
  }

  markRead() {
    this.readAt ??= DateTime.utc()
    return this.save()
  }

  markUnread() {
    this.readAt = null
    return this.save()
  }

  @column() declare membershipId: string
  @column() declare kind: NotificationKind
  @column() declare projectId: string | null
  @column() declare raidItemId: string | null
  @column() declare path: string
  @column() declare title: string
  @column() declare detail: string | null
  @column() declare key: string
  @column.dateTime() declare readAt: DateTime | null
}
