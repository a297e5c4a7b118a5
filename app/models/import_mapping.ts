import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { Viewer } from '#identity/viewer'
import type { PlannedTable, TableOverride, TableType } from '#imports/index'
import { idOrNone } from '#models/ids'
import { mappedColumns, readingFor, type MappedColumn } from '#models/import/mapped_columns'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { versioned } from '#models/mixins/versioned'
import { inDictionary } from '#models/text/names'
import { takeTurnsInOrganisation } from '#models/saving/turns'
import { refuse, refuseTaken } from '#models/violation'

const MOST = 200
const NAME_TAKEN = {
  field: 'name',
  message: 'A mapping with this name already exists. Enter another name',
}

/** How to read the columns of a kind of file, saved under a name for everyone who imports. */
export default class ImportMapping extends compose(BaseModel, tenanted, audited, versioned) {
  static audit = { type: 'import_mapping', skip: ['createdBy', 'shape'] }

  @column() declare name: string
  @column() declare shape: string
  @column() declare type: NonNullable<TableType>
  @column() declare createdBy: string
  @column({ prepare: (value: unknown) => JSON.stringify(value) }) declare columns: MappedColumn[]

  /** All of the organisation's, by name. */
  static listed() {
    return this.query()
      .orderByRaw(`${inDictionary('name')}, id`)
      .limit(MOST)
  }

  /** One by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findKept(id: unknown) {
    return this.query().where('id', idOrNone(id)).firstOrFail()
  }

  /** Saves how a table is read now. */
  static async keep(viewer: Viewer, table: PlannedTable, name: string) {
    const { type, columns } = table.mapping
    if (type === null) refuse('name', 'First choose what the table becomes')
    await takeTurnsInOrganisation()
    const kept = await this.query().count('* as total')
    if (Number(kept[0].$extras.total) >= MOST) {
      refuse('name', `You already have ${MOST} mappings. Delete one first.`)
    }
    const mapping = new ImportMapping().merge({
      name,
      type,
      shape: table.shape,
      columns: mappedColumns(columns),
      createdBy: viewer.membershipId,
      lockVersion: 1,
    })
    return refuseTaken(mapping.save(), NAME_TAKEN)
  }

  /** Throws StaleRecord when it changed since `lockVersion`. */
  async rename(name: string, lockVersion: number) {
    await this.lockRow(lockVersion)
    this.name = name
    return refuseTaken(this.saveRevision(), NAME_TAKEN)
  }

  /** How it reads a table, and which columns of either have no counterpart in the other. */
  readingFor(table: PlannedTable): {
    override: TableOverride
    missing: string[]
    unknown: string[]
  } {
    return readingFor(this.columns, this.type, table)
  }
}
