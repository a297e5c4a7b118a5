import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { feedKinds, type FeedKind } from '#models/calendar_feed/kinds'

/** What a new address is for. */
export const storeFeed = vine.create({ kind: vine.enum(Object.keys(feedKinds) as FeedKind[]) })
storeFeed.messagesProvider = new SimpleMessagesProvider({
  required: 'Choose one of the calendars',
  enum: 'Choose one of the calendars',
})
