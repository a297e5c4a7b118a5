/** How long a look-up is remembered, in milliseconds: after that, a dismissal on another machine is noticed. */
const HOLDS = 60_000
const MOST = 5_000

/** Until when, by account and version. */
const open = new Map<string, number>()

/**
 * Whose notice of a changed policy was recently open. People may read on for weeks without dismissing it, and querying
 * for each page costs a transaction.
 */
export const openNotices = {
  has(userId: string, version: string, now = performance.now()) {
    const until = open.get(keyOf(userId, version))
    return until !== undefined && now < until
  },

  add(userId: string, version: string, now = performance.now()) {
    const key = keyOf(userId, version)
    open.delete(key)
    if (open.size >= MOST) open.delete(open.keys().next().value!)
    open.set(key, now + HOLDS)
  },

  delete(userId: string, version: string) {
    open.delete(keyOf(userId, version))
  },
}

function keyOf(userId: string, version: string) {
  return `${userId} ${version}`
}
