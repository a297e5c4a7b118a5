import { personalData } from '#registries/personal_data'

/**
 * The columns of one table that may be sent. Throws, naming any that the inventory of personal data keeps from the
 * assistant: those are never read for it.
 */
export function allowedColumns<Column extends string>(table: string, columns: Column[]): Column[] {
  const refused = columns.filter(
    (name) => personalData.get(`public.${table}.${name}`)?.ai !== 'asked'
  )
  if (refused.length === 0) return columns
  throw new Error(`The inventory keeps ${table}.${refused.join(', ')} from the assistant`)
}
