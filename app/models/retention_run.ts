import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { tenanted } from '#models/mixins/tenanted'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const SHOWN = 60

type NewRun = { dataset: string; ruleVersion: string; cutoff: DateTime }
type RunOutcome = { affected: number; error: string | null }

/** One run of one rule of retention, under the platform's own tenancy. */
export default class RetentionRun extends compose(BaseModel, tenanted) {
  /** The rule's name. */
  @column() declare dataset: string
  @column() declare ruleVersion: string
  /** Older rows are removed; where an organisation keeps less, that was its own choice. */
  @column.dateTime() declare cutoff: DateTime
  /** Rows that were deleted or blanked. */
  @column({ consume: Number }) declare affected: number
  @column.dateTime() declare startedAt: DateTime
  /** Null while it runs, and for good if it was cut off. */
  @column.dateTime() declare finishedAt: DateTime | null
  /** What went wrong, as a code. */
  @column() declare error: string | null

  static begin({ dataset, ruleVersion, cutoff }: NewRun) {
    return this.create({
      id: uuidv7(),
      dataset,
      ruleVersion,
      cutoff,
      affected: 0,
      startedAt: DateTime.utc(),
    })
  }

  /** The latest runs of all rules, newest first. */
  static latest() {
    return this.query().orderBy('id', 'desc').limit(SHOWN)
  }

  /** The latest run of each of these rules, and the last time each succeeded. */
  static async standing(datasets: string[]): Promise<Standing[]> {
    const { trx, organisationId } = Tenancy.current()
    return sql(
      trx,
      `select name as dataset, last.started_at as "startedAt", last.finished_at as "finishedAt",
              last.affected::int as affected, last.error, good.finished_at as "goodAt"
         from unnest(?::text[]) with ordinality as rule (name, place)
         left join lateral (
           select * from retention_runs
            where organisation_id = ? and dataset = name order by id desc limit 1
         ) last on true
         left join lateral (
           select finished_at from retention_runs
            where organisation_id = ? and dataset = name and finished_at is not null and error is null
            order by id desc limit 1
         ) good on true
        order by place`,
      [datasets, organisationId, organisationId]
    )
  }

  /** When the first run of any rule was; null on an installation where none has run yet. */
  static async firstAt(): Promise<Date | null> {
    const first = await this.query().orderBy('id').first()
    return first?.startedAt.toJSDate() ?? null
  }

  end({ affected, error }: RunOutcome) {
    this.affected = affected
    this.error = error
    this.finishedAt = DateTime.utc()
    return this.save()
  }
}

export type Standing = {
  dataset: string
  startedAt: Date | null
  finishedAt: Date | null
  affected: number | null
  error: string | null
  /** When it last finished without an error. */
  goodAt: Date | null
}
