import type { LucidRow } from '@adonisjs/lucid/types/model'
import type { AuditValue } from '#audit/events'
import type { AuditDeclaration } from '#models/mixins/audited'

/** A row's audited columns as they go to the database, and whose data each one is. */
export type Snapshot = Record<string, { value: unknown; subject: string | null }>

const NEVER_TOLD = ['id', 'organisationId', 'createdAt', 'updatedAt', 'lockVersion']

/** The row's values now, or as given in `attributes`; columns without a value are left out. */
export function snapshot(row: LucidRow, attributes = row.$attributes): Snapshot {
  const model = row.constructor as any
  const { skip = [], subjects = {} }: AuditDeclaration = model.audit
  const names = Object.keys(attributes).filter(
    (name) => !NEVER_TOLD.includes(name) && !skip.includes(name)
  )
  return Object.fromEntries(
    names.flatMap((name) => {
      const column = model.$getColumn(name)
      const value = column.prepare?.(attributes[name], name, row) ?? attributes[name] ?? null
      const subject = subjects[name]?.({ ...row.$attributes, ...attributes }) ?? null
      return value === null ? [] : [[column.columnName, { value, subject }]]
    })
  )
}

/**
 * The columns that differ. When a value passes from one person to another, the two halves are
 * kept apart, so that erasing one person leaves the other's.
 */
export function changes(before: Snapshot, after: Snapshot): Record<string, AuditValue> {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)])
  const values: Record<string, AuditValue> = {}
  for (const path of paths) {
    const [old, now] = [before[path], after[path]]
    if (JSON.stringify(old?.value) === JSON.stringify(now?.value)) continue
    if (old?.subject && now?.subject && old.subject !== now.subject) {
      values[`${path}@before`] = { before: old.value, subject: old.subject }
      values[path] = { after: now.value, subject: now.subject }
    } else {
      values[path] = {
        ...told(old, 'before'),
        ...told(now, 'after'),
        subject: old?.subject ?? now?.subject,
      }
    }
  }
  return values
}

function told(side: Snapshot[string] | undefined, name: 'before' | 'after') {
  return side ? { [name]: side.value } : {}
}
