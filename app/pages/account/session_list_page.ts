import type { OwnSession } from '#identity/own_sessions'
import { iso, lately } from '#registries/formats'

/** The state of `pages/account/sessions`. */
export function sessionListState(sessions: OwnSession[]) {
  return {
    sessions: sessions.map(({ id, client, issued_at: issuedAt, used_at: usedAt, current }) => ({
      id,
      client: client ?? 'Another browser',
      startedAt: iso(issuedAt),
      started: lately(issuedAt),
      usedAt: iso(usedAt),
      used: lately(usedAt),
      current,
    })),
    others: sessions.filter(({ current }) => !current).length,
  }
}
