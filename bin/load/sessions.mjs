import { KIND, idOf } from '../bench/sizes.mjs'
import { signIn } from '../bench/visitor.mjs'

/** Enough of each that concurrent requests seldom share one. */
const PER_MANAGER = 2
const OF_OFFICE = 8

/** Sessions of every project manager in this size of organisation, and of the PMO, who sees every project. */
export async function sessionsFor(account, size) {
  const managers = []
  for (let manager = 1; manager <= size.managers; manager++) {
    const person = idOf(KIND.membership, manager)
    const signedIn = await signIn({ ...account, person: manager, count: PER_MANAGER })
    managers.push(...signedIn.map((session) => ({ ...session, manager, person })))
  }
  const office = await signIn({ ...account, person: size.people, count: OF_OFFICE })
  return { managers: alternating(managers), office, size }
}

/** No two consecutive ones belong to one person. */
function alternating(sessions) {
  return Array.from({ length: PER_MANAGER }, (_, turn) =>
    sessions.filter((session, place) => place % PER_MANAGER === turn)
  ).flat()
}
