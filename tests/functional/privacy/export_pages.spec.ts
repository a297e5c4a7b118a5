import { test } from '@japa/runner'
import { tableNamed } from '#exports/records/catalogue'
import { pages } from '#exports/records/pages'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { receive } from '#tests/support/exercises/privacy'
import { register } from '#tests/support/world'

const NAME = 'public.privacy_request_entries'

/** A request whose log has so many notes of this length beside that of its receipt. */
async function noted(count: number, length: number) {
  const { id } = await receive(await register('noted'))
  await sql(
    admin(),
    `insert into privacy_request_entries (organisation_id, id, request_id, kind, text)
     select ?, gen_random_uuid(), ?, 'note', repeat('x', ?) from generate_series(1, ?)`,
    [PLATFORM, id, length, count]
  )
  return id
}

async function read(requestId: string) {
  const table = await Tenancy.system(PLATFORM, () => tableNamed(NAME))
  const where = { text: 't.request_id = ?', values: [requestId] }
  const found: string[][] = []
  for await (const rows of pages(PLATFORM, { table, columns: table.columns, where })) {
    found.push(rows.map((row) => JSON.stringify(row)))
  }
  return found
}

test.group('Pages of an export', () => {
  for (const { what, count, length, most } of [
    { what: 'long rows', count: 30, length: 300_000, most: 8 },
    { what: 'rows each longer than a page', count: 2, length: 3_000_000, most: 2 },
    { what: 'short rows', count: 450, length: 1, most: 200 },
    { what: 'rows that just fill them', count: 399, length: 1, most: 200 },
  ]) {
    test(`hold ${what} within bounds, each once and in order`, async ({ assert }) => {
      const id = await noted(count, length)
      const found = await read(id)
      const rows = found.flat().map((row) => JSON.parse(row).id)
      assert.lengthOf(new Set(rows), count + 1)
      assert.deepEqual(rows, [...rows].sort())
      for (const page of found) assert.isAtMost(page.length, most)
    })
  }
})
