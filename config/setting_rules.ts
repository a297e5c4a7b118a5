import { DEFAULT_MIN_VERSION } from 'node:tls'
import { Env } from '@adonisjs/core/env'
import type { Secret } from '@adonisjs/core/helpers'
import {
  agreementProblem,
  isUsed,
  processorHere,
  processorOfAgreement,
} from '#registries/agreements'
import { mayReach } from '#registries/egress'
import { EU_COUNTRIES, EU_REGIONS } from '#registries/regions'

/** Reads one setting, or throws with what is wrong with it. */
export type Rule<T> = (key: string, value?: string) => T

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/
const SENDER = /^([^<>]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/
const POSTGRES = /^postgres(ql)?:\/\//
/** Node's own minimum version; only a flag of the process lowers it. */
const MODERN_TLS = ['TLSv1.2', 'TLSv1.3']

/** Text that only production requires. */
export function neededInProduction(): Rule<string | undefined> {
  return Env.schema.string.optionalWhen(() => !isProduction())
}

/** A secret that only production requires. */
export function secretInProduction(): Rule<Secret<string> | undefined> {
  return Env.schema.secret.optionalWhen(() => !isProduction())
}

/** The public address, to which pages append theirs; in production people reach it over TLS. */
export function publicAddress(): Rule<string> {
  const address = Env.schema.string({ format: 'url', tld: false })
  return (key, value) => {
    const url = address(key, value)
    const { protocol, hostname, pathname, search, hash } = new URL(url)
    if (pathname + search + hash !== '/') {
      throw new Error(`${key} is an address without a path, such as https://orchestrate.example`)
    }
    refuseInProduction(protocol !== 'https:' && !LOOPBACK.test(hostname), `${key} begins https://`)
    return url.replace(/\/$/, '')
  }
}

/**
 * A connection to PostgreSQL; in production encrypted by TLS 1.2 or newer, with the server's certificate verified,
 * unless it never leaves the machine, and made by the role with no more rights than it needs.
 */
export function databaseUrl<T extends string | undefined>(rule: Rule<T>, role?: string): Rule<T> {
  return (key, value) => {
    const url = rule(key, value)
    if (!url) return url
    if (!POSTGRES.test(url) || !URL.canParse(url)) {
      throw new Error(`${key} looks like postgres://user:password@host:5432/database`)
    }
    refuseInProduction(!isTrusted(new URL(url)), `${key} needs sslmode=verify-full`)
    refuseInProduction(!MODERN_TLS.includes(DEFAULT_MIN_VERSION), `${key} needs TLS 1.2 or newer`)
    refuseInProduction(
      process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
      `${key} needs verified certificates: unset NODE_TLS_REJECT_UNAUTHORIZED`
    )
    refuseInProduction(
      Boolean(role) && !isMadeBy(role!, new URL(url)),
      `${key} connects as ${role}`
    )
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
      `the data processing agreement with ${processorHere(processor).name} must be in force: ${key} ${problem}`
    )
    return value
  }
}

/** Where the process runs, according to the host; in production within the European Union. */
export function euRegion(): Rule<string | undefined> {
  return (key, value) => {
    const isElsewhere = Boolean(value) && !EU_REGIONS.includes(value!)
    refuseInProduction(isElsewhere, `${key} is a region of the European Union, not ${value}`)
    return value
  }
}

/** Where everything stands, as the operator states it: no process can know where its database or bucket is. */
export function euCountries(): Rule<string | undefined> {
  return (key, value) => {
    const countries = value?.split(/[\s,]+/).filter(Boolean) ?? []
    const others = countries.filter((country) => !EU_COUNTRIES.includes(country))
    refuseInProduction(
      countries.length === 0,
      `${key} says in which countries servers, database, files and back-ups stand, such as NL or DE,FR`
    )
    refuseInProduction(
      others.length > 0,
      `${key} names countries of the European Union, not ${others.join(', ')}`
    )
    return value
  }
}

/** Who runs the servers, where that is not Fly.io, which the policy names otherwise. */
export function hostingProvider(): Rule<string | undefined> {
  const name = Env.schema.string.optional()
  return (key, value) => {
    const isAtFly = Boolean(process.env.FLY_REGION)
    refuseInProduction(
      !value && !isAtFly,
      `${key} names who runs the servers: not Fly.io, which would have set FLY_REGION`
    )
    refuseInProduction(
      Boolean(value) && isAtFly,
      `${key} is empty at Fly.io, which has set FLY_REGION`
    )
    return name(key, value)
  }
}

/** Where files are stored. A container loses its own folder, so production names one, or a bucket. */
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

/** What a collector asks for: name=value, in the form of an address, where a % begins an escape. */
export function collectorHeaders(): Rule<Secret<string> | undefined> {
  const headers = Env.schema.secret.optional()
  return (key, value) => {
    try {
      decodeURIComponent(value ?? '')
    } catch {
      throw new Error(`${key} writes a % as %25`)
    }
    return headers(key, value)
  }
}

/** Where failures are reported; in production Sentry itself, since they would reach nobody else and nobody would know. */
export function sentryAddress(): Rule<string | undefined> {
  const address = Env.schema.string.optional({ format: 'url', tld: false })
  return (key, value) => {
    const dsn = address(key, value)
    const isElsewhere = Boolean(dsn) && !mayReach('Sentry', dsn!)
    refuseInProduction(isElsewhere, `${key} leads to Sentry's own hosts: https://….sentry.io`)
    return dsn
  }
}

/** Whether requests are limited; in production they are. */
export function limitsInProduction(): Rule<'on' | 'off' | undefined> {
  const choice = Env.schema.enum.optional(['on', 'off'] as const)
  return (key, value) => {
    refuseInProduction(value === 'off', `${key} is on`)
    return choice(key, value)
  }
}

/** A number of at least one. */
export function wholeNumber(): Rule<number | undefined> {
  const number = Env.schema.number.optional()
  return (key, value) => {
    const count = number(key, value)
    if (count === undefined || (Number.isInteger(count) && count > 0)) return count
    throw new Error(`${key} is a whole number from 1 on, not ${value}`)
  }
}

/** Who mails come from: an address, or a name with one in angle brackets. */
export function sender(): Rule<string | undefined> {
  const text = Env.schema.string.optional()
  return (key, value) => {
    const from = text(key, value)
    if (!from || SENDER.test(from)) return from
    throw new Error(`${key} looks like Orchestrate <no-reply@example.com>`)
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

function isTrusted({ hostname, searchParams }: URL) {
  const modes = searchParams.getAll('sslmode')
  const hosts = searchParams.getAll('host')
  if (modes.length === 1 && modes[0] === 'verify-full') return true
  return LOOPBACK.test(hostname) && hosts.length === 0
}

/** Some hosts require their own name after the role's: `orch_app.project`, `orch_app@server`. */
function isMadeBy(role: string, { username, searchParams }: URL) {
  const names = [decodeURIComponent(username), ...searchParams.getAll('user')].filter(Boolean)
  return names.length > 0 && names.every((name) => name.split(/[.@]/)[0] === role)
}

/** Throws in production when a rule is broken. */
export function refuseInProduction(broken: boolean, rule: string) {
  if (broken && isProduction()) throw new Error(`In production ${rule}`)
}

function isProduction() {
  return process.env.NODE_ENV === 'production'
}
