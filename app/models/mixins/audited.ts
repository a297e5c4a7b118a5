import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import {
  afterCreate,
  afterDelete,
  afterUpdate,
  type BaseModel,
  beforeUpdate,
} from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { type AuditValue, tell, type Happening } from '#audit/events'
import type { Facts } from '#audit/facts'
import type { LucidRow } from '@adonisjs/lucid/types/model'
import { changes, type Snapshot, snapshot } from '#audit/changes'

/** How a model's rows appear in the audit trail. Functions are given the row. */
export type AuditDeclaration<Row = any> = {
  type: string
  project?: (row: Row) => string | null
  facts?: (row: Row) => Facts
  /** Columns (by attribute) that are a person's data, and whose: the id of a membership or of a person outside. */
  subjects?: Record<string, (row: Row) => string | null>
  /** Attributes that mean nothing to a reader of the trail. */
  skip?: string[]
}

const SILENT = Symbol('this change is already told by another event')

/**
 * Writes one event for every row created, updated or deleted, in the same transaction. The model declares `static
 * audit`. Quiet writes throw, because they would not be recorded.
 */
export function audited<T extends NormalizeConstructor<typeof BaseModel>>(superclass: T) {
  class Audited extends superclass {
    declare static audit: AuditDeclaration

    #before: Snapshot = {}
    #action: string | typeof SILENT | null = null
    #besides: Record<string, AuditValue> = {}

    @afterCreate()
    static auditCreation(row: Audited) {
      row.#tell('created', {}, snapshot(row))
    }

    @beforeUpdate()
    static rememberOriginal(row: Audited) {
      row.#before = snapshot(row, row.$original)
    }

    @afterUpdate()
    static auditUpdate(row: Audited) {
      row.#tell('updated', row.#before, snapshot(row))
    }

    @afterDelete()
    static auditDeletion(row: Audited) {
      row.#tell('deleted', snapshot(row, row.$original), {})
    }

    /** Names the next write's event: `item.auditAs('raid_item.converted').save()`. */
    auditAs(action: string) {
      this.#action = action
      return this
    }

    /** The next write only completes a change that already has its event. */
    auditSilently() {
      this.#action = SILENT
      return this
    }

    /** Adds to the next write's event what changes with the row but is in another table. */
    auditBesides(values: Record<string, AuditValue>) {
      this.#besides = values
      return this
    }

    /** Records a change to something belonging to the row: its own fields and version stay. */
    touch(action: string, besides: Record<string, AuditValue>) {
      Object.assign(this, { updatedAt: DateTime.now() })
      return this.auditAs(action).auditBesides(besides).save()
    }

    #tell(verb: string, before: Snapshot, after: Snapshot) {
      const action = this.#action
      this.#action = null
      if (action === SILENT) return
      const happening = happeningOf(this, verb, before, after)
      const values = { ...happening.values, ...this.#besides }
      this.#besides = {}
      if (verb === 'updated' && Object.keys(values).length === 0) return
      tell({ ...happening, action: action ?? happening.action, values })
    }

    saveQuietly(): Promise<this> {
      throw refusal(this.constructor.name)
    }

    deleteQuietly(): Promise<void> {
      throw refusal(this.constructor.name)
    }
  }
  return Audited
}

/** The event of a row that was inserted in bulk, as its hook would have written it. */
export function creationOf(row: LucidRow, action?: string): Happening {
  const happening = happeningOf(row, 'created', {}, snapshot(row))
  return { ...happening, action: action ?? happening.action }
}

/** The event of a row that is changed in bulk, as its hook would have written it; `action` overrides its name. */
export function changeOf(row: LucidRow, action?: string): Happening {
  const happening = happeningOf(row, 'updated', snapshot(row, row.$original), snapshot(row))
  return { ...happening, action: action ?? happening.action }
}

/** The event of a row that is deleted in bulk, as its hook would have written it. */
export function deletionOf(row: LucidRow) {
  return happeningOf(row, 'deleted', snapshot(row), {})
}

function happeningOf(row: LucidRow, verb: string, before: Snapshot, after: Snapshot): Happening {
  const { type, project, facts } = (row.constructor as any).audit as AuditDeclaration
  return {
    action: `${type}.${verb}`,
    entityType: type,
    entityId: String(row.$primaryKeyValue),
    projectId: project?.(row) ?? null,
    facts: facts?.(row),
    values: changes(before, after),
  }
}

function refusal(model: string) {
  return new Error(`${model} is audited: its rows change one by one, and never quietly`)
}
