import { fileURLToPath } from 'node:url'
import { prettyPrintError } from '@adonisjs/core'
import { isUnavailability } from '#exceptions/unavailability'

const SETTINGS = 'Set them in the environment or in .env; .env.example explains each.'
const LENT = 'Without any, a command works on what npm start runs here: start that first.'

/** Says why something does not start: in words if we have them, otherwise with the place in our code. */
export async function tellFailure(error: unknown) {
  const words = explained(error)
  if (words) console.error(words)
  else await prettyPrintError(error)
}

/** What to fix, when the fault is not in our code; null when it may be. */
export function explained(error: any): string | null {
  const { code, message, help } = error ?? {}
  if (code === 'E_INVALID_ENV_VARIABLES') return missing(help)
  if (code === 'E_START_REFUSED') return `\n${message}\n`
  return notListening(error) ?? notThere(error) ?? notUsable(error)
}

function missing(list: string) {
  const hint = process.env.NODE_ENV === 'production' ? SETTINGS : `${SETTINGS} ${LENT}`
  return `These settings are missing or wrong:\n\n${list}\n\n${hint}`
}

/** Why nothing can listen at HOST and PORT. */
function notListening({ code, syscall, message, port, address, hostname }: any) {
  if (code === 'ERR_SOCKET_BAD_PORT') return `\nPORT is no port: ${message}\n`
  if (syscall === 'getaddrinfo' && hostname === process.env.HOST) {
    return `\nHOST is no address of this machine: ${hostname} is not known\n`
  }
  if (syscall !== 'listen') return null
  if (code === 'EADDRINUSE')
    return `\nPort ${port} is in use by another program: set another PORT\n`
  if (code === 'EACCES') return `\nPort ${port} is reserved for root: set a PORT from 1024 on\n`
  return `\nHOST is no address of this machine: ${address} (${code})\n`
}

/** PostgreSQL's answers to someone without a role, a database or migrations. */
const AT_THE_DATABASE: Record<string, string> = {
  '28P01': 'Compare name and password with those that the database knows.',
  '28000': 'Compare the name with those that the database lets in.',
  '3D000': 'Make it with node ace.js database:roles, or name another one.',
  '3F000': 'Migrate it first: node ace.js migration:run --force --connection=owner',
  '42P01': 'Migrate it first: node ace.js migration:run --force --connection=owner',
}

/** A full disk, in PostgreSQL's words and a file system's. */
const FULL = ['53100', 'ENOSPC', 'EDQUOT']

const UNTRUSTED = /^(SELF_SIGNED_CERT|DEPTH_ZERO|UNABLE_TO_|CERT_|ERR_TLS_CERT)/

/** Why the database, or something else we need, cannot be reached with these settings. */
function notThere(error: any) {
  const { code, severity } = error ?? {}
  if (severity && AT_THE_DATABASE[code]) {
    return `\nThe database says: ${wordsOf(error)}. ${AT_THE_DATABASE[code]}\n`
  }
  if (UNTRUSTED.test(code ?? '')) {
    return `\nThe certificate of what was asked is not trusted: ${wordsOf(error)}. For an authority of your own see sslrootcert in .env.example.\n`
  }
  if (FULL.includes(code))
    return `\nThere is no room left: ${wordsOf(error)}. Make some, and go on.\n`
  if (code !== 'ENOTFOUND' && !isUnavailability(error)) return null
  return `\nWhat this needs is away: ${wordsOf(error)}. Look at the network, and at the settings that name it.\n`
}

/** A file system's answers about a file or folder that somebody named. */
const AT_THE_PATH: Record<string, string> = {
  ENOENT: 'there is nothing there',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'it is on a disk that can only be read',
  ENOTDIR: 'a part of it is no folder',
  EISDIR: 'it is a folder',
}

const OURS = fileURLToPath(new URL('../', import.meta.url))

/** Why a file or folder outside our own cannot be read or written. */
function notUsable({ code, path, syscall }: any) {
  const why = syscall === 'mkdir' ? 'no folder can be made there' : AT_THE_PATH[code]
  if (typeof path !== 'string' || path.startsWith(OURS) || !why) return null
  return `\n${path} cannot be used: ${why} (${code})\n`
}

/**
 * A name with several addresses fails with one error for each, and no message of its own; a statement precedes the
 * database's message.
 */
function wordsOf({ message, code, errors }: any): string {
  return message?.split(' - ').at(-1) || errors?.map(wordsOf).join(', ') || code
}
