import { BaseSchema } from '@adonisjs/lucid/schema'

/** People outside are looked for by name across organisations when one of them is to be erased. */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    this.schema.raw(
      `create index concurrently external_resources_called on external_resources (lower(name)) where membership_id is null`
    )
  }

  async down() {
    this.schema.raw('drop index external_resources_called')
  }
}
