import type { Viewer } from '#identity/viewer'
import { namesIn, withNames, type Names } from '#models/text/mention'
import { kindOf } from '#models/notification/kinds'
import {
  listNotifications,
  unreadMentions,
  type InboxFilters,
  type InboxRow,
} from '#models/notification/list'
import { placeIn, textOf } from '#models/lists/query_string'
import { neighbours } from '#pages/list_parts'
import { iso } from '#registries/formats'

/** Everything that the inbox shows. */
export async function inboxState(viewer: Viewer, query: Record<string, unknown>) {
  const filters: InboxFilters = {
    unread: textOf(query, 'show') === 'unread',
    ...placeIn(query),
  }
  const { unread } = filters
  const page = await listNotifications(viewer.membershipId, filters)
  const names = await namesIn(page.rows.flatMap(({ title, detail }) => [title, detail]))
  return {
    notifications: page.rows.map((row) => rowState(row, names)),
    newestId: page.rows[0]?.id,
    hasUnread: page.rows.some((row) => row.read_at === null),
    reading: page.previous ? 'Mark these and older as read' : 'Mark all as read',
    list: {
      here: inboxUrl(filters),
      tabs: [
        { label: 'All', href: '/notifications', current: !unread },
        { label: 'Unread', href: inboxUrl({ unread: true }), current: unread },
      ],
      isUnread: unread,
      summary: `${page.rows.length} shown`,
      ...neighbours(page, (place) => inboxUrl({ unread, ...place })),
    },
  }
}

/** The viewer's unread mentions, newest first. */
export async function mentionState({ membershipId }: Viewer) {
  const rows = await unreadMentions(membershipId)
  const names = await namesIn(rows.flatMap(({ title, detail }) => [title, detail]))
  return rows.map((row) => rowState(row, names))
}

function rowState(row: InboxRow, names: Names) {
  return {
    id: row.id,
    kind: kindOf(row.kind).label,
    title: withNames(row.title, names, ''),
    detail: row.detail && withNames(row.detail, names),
    projectCode: row.project_code,
    isUnread: row.read_at === null,
    at: iso(row.created_at),
  }
}

function inboxUrl({ unread, after, before }: Partial<InboxFilters>) {
  const query = new URLSearchParams()
  if (unread) query.set('show', 'unread')
  if (after) query.set('after', after)
  else if (before) query.set('before', before)
  return query.size > 0 ? `/notifications?${query}` : '/notifications'
}
