import { isSealed } from '#encryption/key_ring'
import { openValue } from '#encryption/sealed_value'
import { openSessionData } from '#identity/session_store'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'

/** A row read with SQL, with its sealed values opened. */
function opened<Row extends Record<string, any>>(row: Row, table = 'email_outbox'): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      isSealed(value) ? openValue(value, `${table}.${column}`) : value,
    ])
  ) as Row
}

/** The outbox as a query sees it, opened. */
export async function openedMails(text: string, values: unknown[] = []) {
  return (await sql(admin(), text, values)).map((row) => opened(row))
}

/** The contents of every session, as one text. */
export async function sessionTexts(): Promise<string[]> {
  const rows = await sql(admin(), 'select data from sessions order by issued_at desc')
  return rows.map(({ data }) => JSON.stringify(openSessionData(data)))
}
