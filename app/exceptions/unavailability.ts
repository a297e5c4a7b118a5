/** What the network says of a server that is away. */
const AWAY = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']

/** What a file system says that has no room left. */
const FULL = ['ENOSPC', 'EDQUOT']

/**
 * SQLSTATE classes: connection exception, a broken deadlock, insufficient resources (a full disk too), operator
 * intervention, system error.
 */
const DATABASE = /^(08|40P01|53|57P|58)/

/**
 * PostgreSQL's own name for what lets a connection into a database. Where an administrator has closed that
 * (`allow_connections false`) it says so with a code that statements are refused with as well, for good reasons.
 */
const AT_THE_DOOR = 'CheckMyDatabase'
const NOT_NOW = '55000'

/** A connection that broke off says so in words only, after the statement that it broke off at. */
const BROKEN_OFF =
  /(?:^| - )(?:Connection (?:terminated|ended)|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|This socket has been ended)/

/** After how long another try is worth it, in seconds. */
export const RETRY_SECONDS = 10

/** Whether something that we need is away, full or too busy for the moment: what was asked may succeed later. */
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
