import type RaidItem from '#models/raid_item'

/** An entry of a demo log: attributes of the model, people by the key of `demoPeople`, scores in one row. */
export type DemoItem = Partial<
  Omit<RaidItem, 'ownerId' | 'deciderId' | 'type'> & {
    type: RaidItem['type']
    owner: string
    decider: string
    /** Likelihood and impact: inherent, current, target. */
    scores: number[]
  }
> & { type: RaidItem['type']; title: string }

const SCORES = [
  'inherentLikelihood',
  'inherentImpact',
  'currentLikelihood',
  'currentImpact',
  'targetLikelihood',
  'targetImpact',
]

/** The model's attributes of a demo entry; `idOf` gives the membership of a person's key. */
export function attributesOf(item: DemoItem, idOf: (key: string) => string) {
  const { owner, decider, scores = [], ...attributes } = item
  return {
    raisedOn: day(-age(item.title)),
    ...(SETTLED.includes(String(item.status)) ? { closedOn: day(-settledAgo(item.title)) } : {}),
    ...attributes,
    ...Object.fromEntries(scores.map((score, index) => [SCORES[index], score])),
    ...(owner ? { ownerId: idOf(owner) } : {}),
    ...(decider ? { deciderId: idOf(decider) } : {}),
  }
}

/** In these statuses entries are settled. */
export const SETTLED = ['closed', 'resolved', 'validated', 'met', 'decided']

/** In days: some time in the last quarter, always the same for an entry, so that the log grew gradually. */
function age(title: string) {
  return 5 + 7 * (title.length % 12)
}

function settledAgo(title: string) {
  return Math.floor(age(title) / 3)
}

/** The date so many days from now, as `YYYY-MM-DD`. */
export function day(offset: number) {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
}
