import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { takeTurnsAs } from '#models/saving/turns'
import { read } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** What a person can switch off, and what that stops. */
export const flags = {
  restricted: 'Restriction: kept, but not used',
  object_analytics: 'No analytics',
  object_ai: 'No AI features with my data',
  object_telemetry: 'No error reports from my browser',
} as const

export type Flag = keyof typeof flags

/** What raising and lifting each flag is called. */
export const flagActs: Record<Flag, { raise: string; lift: string }> = {
  restricted: { raise: 'Restrict data', lift: 'Lift restriction' },
  object_analytics: { raise: 'Switch off analytics', lift: 'Allow analytics again' },
  object_ai: { raise: 'Switch off AI features', lift: 'Allow AI features again' },
  object_telemetry: { raise: 'Switch off error reports', lift: 'Allow error reports again' },
}

export const flagNames = Object.keys(flags) as Flag[]

/** One restriction or objection, from when to when, and who set it. Rows of the platform's tenancy. */
export default class PersonFlag extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'person_flag',
    facts: (row: PersonFlag) => ({ kind: row.flag }),
    skip: ['userId', 'requestId'],
  }

  @column() declare userId: string
  @column() declare flag: Flag
  @column() declare setBy: 'person' | 'desk'
  @column() declare requestId: string | null
  @column.dateTime() declare since: DateTime
  @column.dateTime() declare liftedAt: DateTime | null

  /** A person's raised flags. */
  static raisedFor(userId: string) {
    return this.query().where('user_id', userId).whereNull('lifted_at').orderBy('flag')
  }

  /** Raises a flag; a raised one stays as it is. Returns whether it is new. */
  static async raise(
    userId: string,
    flag: Flag,
    by: { setBy: 'person' | 'desk'; requestId?: string | null }
  ) {
    await takeTurnsAs(`flags ${userId}`)
    if (await this.raisedFor(userId).where('flag', flag).first()) return false
    const { setBy, requestId = null } = by
    await this.create({ userId, flag, setBy, requestId, since: DateTime.utc() })
    return true
  }

  /** Lifts a flag. Returns whether it was raised. */
  static async lift(userId: string, flag: Flag) {
    const raised = await this.raisedFor(userId).where('flag', flag).forUpdate().first()
    if (!raised) return false
    raised.liftedAt = DateTime.utc()
    await raised.auditAs('person_flag.lifted').save()
    return true
  }
}

/** What a person's flags mean, wherever they are needed. */
export type PersonFlags = {
  restricted: boolean
  objectsToAnalytics: boolean
  objectsToAi: boolean
  objectsToTelemetry: boolean
}

/** The flags of an account, in whatever organisation is at work, or in none. */
export async function flagsOf(
  userId: string,
  client: QueryClientContract = db.connection()
): Promise<PersonFlags> {
  const [{ raised }] = await read(client, 'select directory.flags(?, ?) as raised', [
    PLATFORM,
    userId,
  ])
  return {
    restricted: raised.includes('restricted'),
    objectsToAnalytics: raised.includes('object_analytics'),
    objectsToAi: raised.includes('object_ai'),
    objectsToTelemetry: raised.includes('object_telemetry'),
  }
}

/**
 * The members of the organisation at work whose data is only kept: no search, digest, export or prompt shows them to
 * others.
 */
export async function restrictedMembers(): Promise<Set<string>> {
  const rows = await read<{ id: string }>(
    Tenancy.current().trx,
    'select directory.restricted_members(?) as id',
    [PLATFORM]
  )
  return new Set(rows.map(({ id }) => id))
}

/** The restricted members whose names are withheld when this one takes data out: all but themselves. */
export async function restrictedFor({ membershipId }: { membershipId: string }) {
  const restricted = await restrictedMembers()
  restricted.delete(membershipId)
  return restricted
}

/** Replaces the name of a restricted person. */
export const WITHHELD = 'Name withheld (restricted)'

/** The name as someone else may take it out of the product. */
export function shownName<Name extends string | null>(
  id: string | null,
  name: Name,
  restricted: ReadonlySet<string>
) {
  return id !== null && restricted.has(id) ? WITHHELD : name
}
