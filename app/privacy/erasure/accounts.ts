import { validate as isUuid } from 'uuid'
import { erasable, type Erasable } from '#privacy/erasure/door'
import { sql } from '#tenancy/sql'
import db from '@adonisjs/lucid/services/db'

/** The account of this id or address; null for none. */
export async function accountNamed(text: string): Promise<Erasable | null> {
  if (isUuid(text)) return erasable(text)
  const [{ id }] = await sql(db, 'select directory.account_of(?) as id', [text])
  return id && erasable(id)
}
