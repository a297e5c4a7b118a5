/** What a calendar can subscribe to. */
export const feedKinds = {
  tasks: {
    name: 'My tasks',
    text: 'Your open tasks of every project, each on the day it is due.',
  },
} as const

export type FeedKind = keyof typeof feedKinds
