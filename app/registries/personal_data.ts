import { activities, type ActivityName, type Basis, type DataClass } from '#registries/activities'
import { inventory } from '#registries/personal_data_inventory'
import { retentionRules, type RetentionName } from '#registries/retention'

/**
 * What an erasure does: keep the value, blank it behind a tombstone, delete the row, redact it lawfully in the audit
 * trail, or ask a person to read it.
 */
type Erasure = 'keep' | 'tombstone' | 'delete' | 'redact' | 'review'

/** What may happen to a value. `ai: 'asked'` goes to the assistant only when a person invokes it. */
type Handling = {
  erase: Erasure
  export: boolean
  ai: 'never' | 'asked'
  log: boolean
  /** Held encrypted by the application, under a key that the database does not have. */
  sealed: boolean
}

export type PersonalColumn = Handling & {
  class: DataClass
  subject: string | null
  activity: ActivityName
  purpose: string
  basis: Basis
  retention: string
}

/** A table in shorthand: what applies to all its columns, and their names by class. */
export type TableNotation = {
  subject: string | null
  /** The processing activity that the table serves; it brings the legal basis. */
  activity: ActivityName
  purpose: string
  retention: RetentionName
  columns: Partial<Record<DataClass, string>>
  /** The columns that the application encrypts, used by `privacy:rotate-keys`. */
  sealed?: string
  /** Exceptions to the usual handling of the class, by column. */
  except?: Record<string, Partial<Handling>>
}

const usual: Record<DataClass, Omit<Handling, 'sealed'>> = {
  none: { erase: 'keep', export: true, ai: 'asked', log: true },
  pseudonym: { erase: 'keep', export: true, ai: 'asked', log: true },
  identity: { erase: 'tombstone', export: true, ai: 'never', log: false },
  contact: { erase: 'tombstone', export: true, ai: 'never', log: false },
  content: { erase: 'review', export: true, ai: 'asked', log: false },
  technical: { erase: 'keep', export: true, ai: 'never', log: false },
}

/** Every column of the database, such as `public.users.email`, and how it is handled. */
export const personalData: ReadonlyMap<string, PersonalColumn> = new Map(
  Object.entries(inventory).flatMap(([table, notation]) => columnsOf(table, notation))
)

function columnsOf(table: string, notation: TableNotation) {
  const { columns, except = {}, sealed = '', subject, activity, purpose } = notation
  const encrypted = sealed.split(/\s+/)
  const { basis } = activities[activity]
  const retention = retentionRules[notation.retention].text
  return Object.entries(columns).flatMap(([name, names]) => {
    const dataClass = name as DataClass
    const shared = { class: dataClass, activity, purpose, basis, retention }
    return names.split(/\s+/).map((column): [string, PersonalColumn] => [
      `${table}.${column}`,
      {
        ...shared,
        subject: dataClass === 'none' ? null : subject,
        ...usual[dataClass],
        sealed: encrypted.includes(column),
        ...except[column],
      },
    ])
  })
}
