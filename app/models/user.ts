import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** An account. Global, yet row level security shows an organisation only its own members' accounts. */
export default class User extends BaseModel {
  @column({ isPrimary: true }) declare id: string
  /** Null once the account is erased. */
  @column() declare email: string | null
  @column() declare name: string
  @column.dateTime() declare createdAt: DateTime
}

/** When an account was created: its id begins with the time, so no row needs to be read. */
export function accountMadeAt(userId: string) {
  return new Date(Number.parseInt(userId.replaceAll('-', '').slice(0, 12), 16))
}

/** The id of the account with an address; null for none. */
export async function accountOf(email: string): Promise<string | null> {
  const [{ id }] = await sql(Tenancy.client, 'select directory.account_of(?) as id', [email])
  return id
}
