import { DEFAULT_MIN_VERSION } from 'node:tls'
import { Env } from '@adonisjs/core/env'
import { DataKey, readKeys } from '#encryption/data_key'
import type { Secret } from '@adonisjs/core/helpers'
import { agreementProblem, isUsed, processorOfAgreement } from '#registries/agreements'
import { EU_REGIONS } from '#registries/regions'

type Rule<T> = (key: string, value?: string) => T

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/
const SHORTEST_KEY = 32
/** Node's own least version; only a flag of the process lowers it. */
const MODERN_TLS = ['TLSv1.2', 'TLSv1.3']

/** Text that only production insists on. */
export function neededInProduction(): Rule<string | undefined> {
  return Env.schema.string.optionalWhen(() => !isProduction())
}

/** A secret that only production insists on. */
export function secretInProduction(): Rule<Secret<string> | undefined> {
  return Env.schema.secret.optionalWhen(() => !isProduction())
}

/** The public address; in production people reach it over TLS. */
export function publicAddress(): Rule<string> {
  const address = Env.schema.string({ format: 'url', tld: false })
  return (key, value) => {
    const url = address(key, value)
    const { protocol, hostname } = new URL(url)
    refuseInProduction(protocol !== 'https:' && !LOOPBACK.test(hostname), `${key} begins https://`)
    return url
  }
}

/** A key that is not guessed. */
export function longSecret(): Rule<Secret<string>> {
  const secret = Env.schema.secret()
  return (key, value) => {
    const given = secret(key, value)
    const isShort = given.release().length < SHORTEST_KEY
    refuseInProduction(isShort, `${key} has at least ${SHORTEST_KEY} random characters`)
    return given
  }
}

/** Keys divided by commas or spaces. */
export function keysIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}

/** Earlier keys, which none may guess either. */
export function previousAppKeys(): Rule<Secret<string> | undefined> {
  const secret = Env.schema.secret.optional()
  return (key, value) => {
    const given = secret(key, value)
    const keys = keysIn(given?.release() ?? '')
    const isShort = keys.some(({ length }) => length < SHORTEST_KEY)
    refuseInProduction(isShort, `${key} has keys of at least ${SHORTEST_KEY} characters`)
    const isInUse = keys.includes(process.env.APP_KEY ?? '')
    refuseInProduction(isInUse, `${key} does not name APP_KEY once more`)
    return given
  }
}

/** The key that seals what the database must not tell: 32 bytes, in production others than APP_KEY's. */
export function dataKey(): Rule<Secret<string>> {
  const secret = Env.schema.secret()
  return (key, value) => {
    const given = secret(key, value)
    explaining(key, () => new DataKey(given.release()))
    const isShared = given.release() === process.env.APP_KEY
    refuseInProduction(isShared, `${key} is another key than APP_KEY`)
    return given
  }
}

/** Keys that sealed earlier rows. The one in use is none of them. */
export function previousDataKeys(): Rule<Secret<string> | undefined> {
  const secret = Env.schema.secret.optional()
  return (key, value) => {
    const given = secret(key, value)
    const ids = explaining(key, () => readKeys(given?.release() ?? '').map(({ id }) => id))
    const [current] = readKeys(process.env.DATA_KEY ?? '')
    refuseInProduction(ids.includes(current?.id), `${key} does not name DATA_KEY once more`)
    return given
  }
}

/**
 * A connection to PostgreSQL; in production encrypted by TLS 1.2 or newer, with the server's certificate verified,
 * unless it never leaves the machine.
 */
export function databaseUrl<T extends string | undefined>(rule: Rule<T>): Rule<T> {
  return (key, value) => {
    const url = rule(key, value)
    refuseInProduction(Boolean(url) && !isTrusted(url!), `${key} needs sslmode=verify-full`)
    refuseInProduction(!MODERN_TLS.includes(DEFAULT_MIN_VERSION), `${key} needs TLS 1.2 or newer`)
    return url
  }
}

/** The dates of a data processing agreement; in production one must be in force while its processor is used. */
export function agreementDates(): Rule<string | undefined> {
  return (key, value) => {
    const processor = processorOfAgreement(key)
    const problem = agreementProblem(value)
    refuseInProduction(
      problem !== null && isUsed(processor, process.env),
      `the data processing agreement with ${processor.name} must be in force: ${key} ${problem}`
    )
    return value
  }
}

/** Where the process runs, as the host tells; in production within the European Union. */
export function euRegion(): Rule<string | undefined> {
  return (key, value) => {
    const isElsewhere = Boolean(value) && !EU_REGIONS.includes(value!)
    refuseInProduction(isElsewhere, `${key} is a region of the European Union, not ${value}`)
    return value
  }
}

function explaining<T>(key: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Error(`${key}: ${(error as Error).message}`)
  }
}

/** Where files are kept. A container loses its own folder, so production names one, or a bucket. */
export function filesFolder(): Rule<string | undefined> {
  const folder = Env.schema.string.optional()
  return (key, value) => {
    const isNowhere = !value && !process.env.FILES_S3_BUCKET
    refuseInProduction(isNowhere, `${key} or FILES_S3_BUCKET says where files are kept`)
    return folder(key, value)
  }
}

/** Where erasures are noted outside the database: in a file, unless there is a bucket. */
export function notesFile(): Rule<string | undefined> {
  const file = Env.schema.string.optional()
  return (key, value) => {
    const isNowhere = !value && !process.env.FILES_S3_BUCKET
    refuseInProduction(isNowhere, `${key} or FILES_S3_BUCKET says where erasures are noted`)
    return file(key, value)
  }
}

/** Where metrics go: over TLS, unless that is in the private network or on this machine. */
export function collectorAddress(): Rule<string | undefined> {
  const address = Env.schema.string.optional({ format: 'url', tld: false })
  return (key, value) => {
    const url = address(key, value)
    if (!url) return undefined
    const { protocol, hostname } = new URL(url)
    const isNear = LOOPBACK.test(hostname) || hostname.endsWith('.internal')
    refuseInProduction(protocol !== 'https:' && !isNear, `${key} begins https://`)
    return url
  }
}

/** Whether requests are counted; in production they are. */
export function limitsInProduction(): Rule<'on' | 'off' | undefined> {
  const choice = Env.schema.enum.optional(['on', 'off'] as const)
  return (key, value) => {
    refuseInProduction(value === 'off', `${key} is on`)
    return choice(key, value)
  }
}

/** A share, from 0 to 1. */
export function shareOfOne(): Rule<number | undefined> {
  const number = Env.schema.number.optional()
  return (key, value) => {
    const share = number(key, value)
    if (share === undefined || (share >= 0 && share <= 1)) return share
    throw new Error(`${key} is a number from 0 to 1, not ${value}`)
  }
}

function isTrusted(url: string) {
  if (!URL.canParse(url)) return false
  const { hostname, searchParams } = new URL(url)
  const modes = searchParams.getAll('sslmode')
  const hosts = searchParams.getAll('host')
  if (modes.length === 1 && modes[0] === 'verify-full') return true
  return LOOPBACK.test(hostname) && hosts.length === 0
}

function refuseInProduction(broken: boolean, rule: string) {
  if (broken && isProduction()) throw new Error(`In production ${rule}`)
}

function isProduction() {
  return process.env.NODE_ENV === 'production'
}
