import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { refuse } from '#models/violation'

const STAGE_DATES = [
  ...(['baselineStartOn', 'baselineEndOn', 'forecastStartOn', 'forecastEndOn'] as const),
  ...(['actualStartOn', 'actualEndOn'] as const),
]

export type StageDates = Pick<Stage, (typeof STAGE_DATES)[number]>

/** A stage of one project's lifecycle, copied into the project. */
export default class Stage extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = {
    type: 'stage',
    project: (row: Stage) => row.projectId,
    skip: ['projectId', 'position'],
  }

  @column() declare projectId: string
  @column() declare position: number
  @column() declare name: string
  @column() declare baselineStartOn: string | null
  @column() declare baselineEndOn: string | null
  @column() declare forecastStartOn: string | null
  @column() declare forecastEndOn: string | null
  @column() declare actualStartOn: string | null
  @column() declare actualEndOn: string | null

  /** One stage of a project. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findIn(project: { id: string }, id: string) {
    return this.query().where('project_id', project.id).where('id', idOrNone(id)).firstOrFail()
  }

  /** Changes the dates if the stage has not changed since `lockVersion` was read; otherwise throws StaleRecord. */
  async reschedule(dates: Partial<StageDates>, lockVersion: number) {
    await this.lockRow(lockVersion)
    this.merge(dates as any)
    this.#refuseWrongDates()
    return this.auditAs('stage.rescheduled').saveRevision()
  }

  #refuseWrongDates() {
    for (const kind of ['baseline', 'forecast', 'actual'] as const) {
      const [start, end] = [this[`${kind}StartOn`], this[`${kind}EndOn`]]
      if (start && end && start > end)
        refuse(`${kind}_end_on`, 'Enter an end date on or after the start date')
    }
    if (this.actualEndOn && !this.actualStartOn) refuse('actual_start_on', 'Enter when it started')
  }
}
