import { BaseSchema } from '@adonisjs/lucid/schema'

/** By whom each decision that is still open is to be taken: what waits for one member. */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    this.schema.raw('drop index concurrently if exists raid_items_to_decide')
    this.schema.raw(
      `create index concurrently raid_items_to_decide on raid_items (organisation_id, decider_id)
         where type = 'decision' and status = 'proposed' and decider_id is not null`
    )
  }

  async down() {
    this.schema.raw('drop index raid_items_to_decide')
  }
}
