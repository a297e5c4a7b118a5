import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readByIds } from '#models/lists/id_pages'
import type { Page, Place } from '#models/lists/keyset'
import type { NotificationKind } from '#models/notification/kinds'
import { STILL_VISIBLE } from '#models/notification/visibility'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { Conditions, type Condition } from '#tenancy/conditions'
import { ENTERED_MEMBER } from '#tenancy/entry'

export type InboxFilters = Place & { unread: boolean }

export type InboxRow = {
  id: string
  kind: NotificationKind
  title: string
  detail: string | null
  read_at: Date | null
  created_at: Date
  project_code: string | null
}

const PER_PAGE = 30
const MENTIONS = 10

/** The highest count shown; beyond it the reader sees only that there are more. */
const MOST_COUNTED = 99

/** One page of a member's notices, newest first: ids follow time. */
export function listNotifications(
  membershipId: string,
  filters: InboxFilters
): Promise<Page<InboxRow>> {
  const conditions = ofMember(membershipId)
  if (filters.unread) conditions.add('notifications.read_at is null')
  const list = { place: filters, ids: 'notifications.id', perPage: PER_PAGE }
  return readByIds(list, (from, order, limit) => readRows(conditions.also(from), order, limit))
}

/** The latest mentions that a member has not read. */
export function unreadMentions(membershipId: string): Promise<InboxRow[]> {
  const conditions = ofMember(membershipId)
    .add('notifications.read_at is null')
    .add(`notifications.kind = 'mention'`)
  return readRows(conditions, 'desc', MENTIONS)
}

function readRows(conditions: Conditions, order: 'asc' | 'desc', limit: number) {
  return read<InboxRow>(
    Tenancy.current().trx,
    `select id, kind, title, detail, read_at, created_at,
            (select projects.code from projects
              where projects.organisation_id = notifications.organisation_id
                and projects.id = notifications.project_id) as project_code
       from notifications where ${conditions.text}
      order by id ${order} limit ?`,
    [...conditions.values, limit]
  )
}

/** How many notices a member has not read, in words; null for none. Rejects outside an organisation. */
export async function unreadLabel(membershipId: string): Promise<string | null> {
  const { trx, organisationId } = Tenancy.current()
  return labelOf(trx, organisationId, ['?', [membershipId]])
}

/** The same for the person entering the organisation, queried in the same batch as the entry. */
export function unreadAhead(trx: TransactionClientContract, organisationId: string) {
  return labelOf(trx, organisationId, [ENTERED_MEMBER, []])
}

async function labelOf(
  client: TransactionClientContract,
  organisationId: string,
  member: Condition
) {
  const conditions = toldTo(organisationId, member).add('notifications.read_at is null')
  const [{ count }] = await read<{ count: number }>(
    client,
    `select count(*)::integer as count
       from (select from notifications where ${conditions.text} limit ?) unread`,
    [...conditions.values, MOST_COUNTED + 1]
  )
  if (count === 0) return null
  return count > MOST_COUNTED ? `${MOST_COUNTED}+` : String(count)
}

function ofMember(membershipId: string) {
  return toldTo(Tenancy.current().organisationId, ['?', [membershipId]])
}

function toldTo(organisationId: string, [member, values]: Condition) {
  return new Conditions()
    .add('notifications.organisation_id = ?', organisationId)
    .add(`notifications.membership_id = ${member}`, ...values)
    .add(STILL_VISIBLE)
}
