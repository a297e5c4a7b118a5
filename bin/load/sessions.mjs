import { KIND, SIZES, idOf } from '../bench/sizes.mjs'
import { MANAGER, signIn } from '../bench/visitor.mjs'

const COUNT = 64

/** Enough of them that requests at the same time seldom share one. */
export async function sessionsFor(account) {
  const [team, office] = await Promise.all([
    signIn({ ...account, person: MANAGER, count: COUNT }),
    signIn({ ...account, person: SIZES.S.people, count: COUNT / 8 }),
  ])
  return { team, office, person: idOf(KIND.membership, MANAGER) }
}
