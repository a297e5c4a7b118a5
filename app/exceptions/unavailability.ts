/** What the network says about a server that is down. */
const AWAY = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']

/** What a full file system says. */
const FULL = ['ENOSPC', 'EDQUOT']

/**
 * SQLSTATE classes: connection exception, a broken deadlock, insufficient resources (a full disk too), operator
 * intervention, system error.
 */
const DATABASE = /^(08|40P01|53|57P|58)/

/**
 * PostgreSQL's own name for what admits a connection to a database. Closed by an administrator (`allow_connections
 * false`), it answers with a code that statements are refused with as well, for good reasons.
 */
const AT_THE_DOOR = 'CheckMyDatabase'
const NOT_NOW = '55000'

/** A broken connection says so only in words, after the statement at which it broke. */
const BROKEN_OFF =
  /(?:^| - )(?:Connection (?:terminated|ended)|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|This socket has been ended)/

/** How many seconds to wait before trying again. */
export const RETRY_SECONDS = 10

/** Whether something that we need is down, full or too busy at the moment, so that a later try may succeed. */
export function isUnavailability(error: any): boolean {
  const { code, name, message, cause, routine } = error ?? {}
  if (name === 'KnexTimeoutError') return true
  if (AWAY.includes(code) || FULL.includes(code) || DATABASE.test(code ?? '')) return true
  if (code === NOT_NOW && routine === AT_THE_DOOR) return true
  if (BROKEN_OFF.test(message ?? '')) return true
  return error instanceof AggregateError ? error.errors.some(isUnavailability) : isCausedSo(cause)
}

function isCausedSo(cause: unknown) {
  return cause instanceof Error && isUnavailability(cause)
}
