import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { enqueue } from '#jobs/enqueue'
import { tenanted } from '#models/mixins/tenanted'
import { takeTurnsAs } from '#models/saving/turns'
import Tenancy from '#tenancy/tenancy'

export const verificationStatuses = {
  queued: 'Queued',
  running: 'Running',
  clean: 'Clean',
  broken: 'Problems found',
  failed: 'Could not be done',
} as const

export type VerificationStatus = keyof typeof verificationStatuses

/** After this long without progress it has lost its worker. */
const LOST_HOURS = 2

/** One verification of the trail of the organisation at work, or of the platform's. */
export default class AuditVerification extends compose(BaseModel, tenanted) {
  @column() declare status: VerificationStatus
  /** Events seen so far. */
  @column({ consume: Number }) declare events: number
  @column({ consume: Number }) declare seals: number

  /** How many problems of each kind were found. */
  @column({ prepare: (value: object) => JSON.stringify(value) })
  declare problems: Record<string, number>

  @column.dateTime() declare startedAt: DateTime | null
  @column.dateTime() declare finishedAt: DateTime | null

  /** Has the trail verified by a job. Returns null when that is already under way. */
  static async ask(): Promise<AuditVerification | null> {
    await takeTurnsAs(`verification ${Tenancy.current().organisationId}`)
    const lost = DateTime.utc().minus({ hours: LOST_HOURS }).toJSDate()
    const open = await this.query()
      .whereIn('status', ['queued', 'running'])
      .where('updated_at', '>', lost)
      .first()
    if (open) return null
    const asked = await this.create({ id: uuidv7(), status: 'queued' })
    await enqueue(Tenancy.current().trx, 'verify_trail', { verificationId: asked.id })
    return asked
  }

  /** The most recent one; null when there is none. */
  static last(): Promise<AuditVerification | null> {
    return this.query().orderBy('id', 'desc').first()
  }

  begin() {
    this.status = 'running'
    this.startedAt = DateTime.utc()
    return this.save()
  }

  /** Records its progress. */
  reach(events: number) {
    this.events = events
    return this.save()
  }

  /** Stores the findings; null when it could not be done. */
  end(found: Found | null) {
    this.finishedAt = DateTime.utc()
    this.status = found === null ? 'failed' : found.clean ? 'clean' : 'broken'
    if (found) {
      this.events = found.events
      this.seals = found.seals
      this.problems = countedByCode(found.problems)
    }
    return this.save()
  }
}

type Found = { clean: boolean; events: number; seals: number; problems: { code: string }[] }

function countedByCode(problems: { code: string }[]) {
  const counts: Record<string, number> = {}
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1
  return counts
}
