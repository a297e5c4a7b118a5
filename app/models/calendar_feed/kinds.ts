/** What a calendar can subscribe to. */
export const feedKinds = {
  tasks: {
    name: 'My tasks',
    text: 'Your open tasks in current projects, on the day they are due.',
  },
  gates: {
    name: 'My gates',
    text: 'Gates waiting for your vote, on their decide-by date, and conditions you need to meet or verify.',
  },
} as const

export type FeedKind = keyof typeof feedKinds
