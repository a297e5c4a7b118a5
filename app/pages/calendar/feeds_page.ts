import CalendarFeed from '#models/calendar_feed'
import { feedKinds, type FeedKind } from '#models/calendar_feed/kinds'
import { iso } from '#registries/formats'

/** What can be subscribed to, what is, and the address that was just made. */
export async function calendarState(made: { kind: FeedKind; address: string } | null) {
  const feeds = await CalendarFeed.mine()
  return {
    feeds: (Object.keys(feedKinds) as FeedKind[]).map((kind) => {
      const feed = feeds.find((candidate) => candidate.kind === kind)
      return {
        kind,
        ...feedKinds[kind],
        id: feed?.id ?? null,
        since: feed ? iso(feed.updatedAt) : null,
        address: made?.kind === kind ? made.address : null,
      }
    }),
  }
}
