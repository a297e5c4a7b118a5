import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

const KEPT_HOURS = 24

/** A file on its way into the RAID log: uploaded, mapped, imported, perhaps undone. */
export default class Import extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'import',
    project: (row: Import) => row.projectId,
    skip: ['projectId', 'file', 'choices', 'summary', 'createdBy'],
  }

  @column() declare projectId: string
  @column() declare fileName: string
  @column({ serializeAs: null }) declare file: Buffer | null
  @column() declare choices: Record<string, unknown>
  @column() declare summary: Record<string, unknown>
  @column() declare status: 'draft' | 'imported' | 'undone'
  @column() declare createdBy: string
  @column.dateTime() declare importedAt: DateTime | null
  @column.dateTime() declare undoneAt: DateTime | null

  /** Drops the organisation's drafts that nobody took further within a day; answers how many. */
  static async discardStale(): Promise<number> {
    const stale = await this.query()
      .select('id', 'organisation_id', 'project_id', 'file_name', 'status')
      .where('status', 'draft')
      .where('created_at', '<', DateTime.utc().minus({ hours: KEPT_HOURS }).toISO())
    for (const draft of stale) await draft.delete()
    return stale.length
  }
}
