import { personalData } from '#registries/personal_data'

/**
 * Columns of one table that may be sent. Throws, naming those that the inventory of personal data keeps
 * from the assistant: nothing of them is ever read for it.
 */
export function allowedColumns<Column extends string>(table: string, columns: Column[]): Column[] {
  const refused = columns.filter(
    (name) => personalData.get(`public.${table}.${name}`)?.ai !== 'asked'
  )
  if (refused.length === 0) return columns
  throw new Error(`The inventory keeps ${table}.${refused.join(', ')} from the assistant`)
}
