import { inventory } from '#registries/personal_data_inventory'
import { sharedTables } from '#tenancy/shared_tables'

/** A table with columns that the application encrypts. */
export type SealedTable = {
  name: string
  columns: string[]
  /** Belongs to no organisation. */
  isShared: boolean
  idType: 'uuid' | 'bytea'
}

/** Every such table, as the inventory of personal data names them. */
export function sealedTables(): SealedTable[] {
  return Object.entries(inventory).flatMap(([table, { sealed }]) => {
    if (!sealed) return []
    const name = table.replace(/^public\./, '')
    const isShared = name in sharedTables
    // Rows without a tenant are found by the hash of a secret.
    return [{ name, columns: sealed.split(/\s+/), isShared, idType: isShared ? 'bytea' : 'uuid' }]
  })
}
