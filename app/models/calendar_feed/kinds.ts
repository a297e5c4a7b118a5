/** What a calendar can subscribe to. */
export const feedKinds = {
  tasks: {
    name: 'My tasks',
    text: 'Your open tasks of every project that is not over, each on the day it is due.',
  },
  gates: {
    name: 'My gates',
    text: 'Gates that wait for your vote, each on the day by which it is to be decided, and conditions that you have to meet or verify.',
  },
} as const

export type FeedKind = keyof typeof feedKinds
