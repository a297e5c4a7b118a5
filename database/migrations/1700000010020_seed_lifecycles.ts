import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { BaseSchema } from '@adonisjs/lucid/schema'
import { seed } from '#models/lifecycle/seeding'
import { sql } from '#tenancy/sql'

/** Organisations that were founded before there were lifecycles begin with the same as later ones. */
export default class extends BaseSchema {
  async up() {
    this.defer(async (client) => {
      const trx = client as TransactionClientContract
      for (const id of await organisations(trx)) {
        await sql(trx, `select set_config('app.organisation_id', ?, true)`, [id])
        await seed(id, trx)
      }
    })
  }

  async down() {}
}

/** Their owner may not see organisations, which the directory may. */
async function organisations(trx: TransactionClientContract): Promise<string[]> {
  await sql(trx, 'set local role orch_directory')
  const rows = await sql(trx, 'select directory.organisations() as id')
  await sql(trx, 'reset role')
  return rows.map(({ id }) => id)
}
