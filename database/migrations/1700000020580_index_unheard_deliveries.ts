import { BaseSchema } from '@adonisjs/lucid/schema'

/** Few of the deliveries of thirty days wait or failed, and each look at the log asks whether any did. */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    this.schema.raw('drop index concurrently if exists webhook_deliveries_unheard')
    this.schema.raw(`create index concurrently webhook_deliveries_unheard
      on webhook_deliveries (organisation_id, endpoint_id, id)
      where state = 'failed' or (state = 'queued' and attempts > 0)`)
  }

  async down() {
    this.schema.raw('drop index webhook_deliveries_unheard')
  }
}
