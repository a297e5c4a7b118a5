import { linkedColumns } from '#exports/personal/conditions'
import type { Bundle } from '#models/privacy_export'
import { exportable, tableNamed, type Table } from '#exports/records/catalogue'
import type { Described } from '#exports/records/json_schema'
import type { DataClass } from '#registries/activities'
import { personalData, type PersonalColumn } from '#registries/personal_data'
import { personalDataLinks } from '#registries/personal_data_links'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** A column of a bundle, with what the inventory says of it. */
export type PersonalField = Described & { class: DataClass; isReference: boolean }

export type PersonalTable = {
  /** As in the database, such as `public.tasks`. */
  table: Table
  /** As in the bundle. */
  name: string
  fields: PersonalField[]
  of: PersonalColumn
}

const PORTABLE_BASES = ['contract', 'consent']
const REPLACEABLE: DataClass[] = ['identity', 'contact', 'content', 'pseudonym']

/**
 * Every table that a bundle takes rows from, as inventory, links and database describe it. The trail is handled
 * separately.
 */
export async function personalTables(bundle: Bundle): Promise<PersonalTable[]> {
  const names = Object.keys(personalDataLinks).filter((name) => name.startsWith('public.'))
  const tables = await Tenancy.system(PLATFORM, async () => {
    const found: Table[] = []
    for (const name of names) found.push(await tableNamed(name))
    return found
  })
  return tables.map((table) => described(table, bundle)).filter((one) => isTaken(one, bundle))
}

function described(table: Table, bundle: Bundle): PersonalTable {
  const fields = exportable(table)
    .map((column) => fieldOf(table.name, column))
    .filter((field) => bundle === 'access' || field.class !== 'technical')
  const of = personalData.get(`${table.name}.${table.columns[0].name}`)!
  return { table, name: table.name.replace('public.', ''), fields, of }
}

function fieldOf(table: string, column: Table['columns'][number]): PersonalField {
  const known = personalData.get(`${table}.${column.name}`)!
  const isReference = referencesOf(table).has(column.name)
  const mayLack = REPLACEABLE.includes(known.class)
  return { ...column, class: known.class, isReference, isLabel: isReference, mayLack }
}

/** The columns that say who someone is. */
function referencesOf(table: string) {
  const { own, written, about, named } = personalDataLinks[table]
  const linked = linkedColumns([own, written, about, named])
  return new Set(
    linked.filter(({ key }) => !key.startsWith('address')).map((column) => column.name)
  )
}

/** The right to portability covers what people provided by contract or consent and what is held automatically. */
function isTaken({ table, of }: PersonalTable, bundle: Bundle) {
  if (bundle === 'access') return true
  const { written, parent, acted } = personalDataLinks[table.name]
  return PORTABLE_BASES.includes(of.basis) && Boolean(written ?? parent ?? acted)
}
