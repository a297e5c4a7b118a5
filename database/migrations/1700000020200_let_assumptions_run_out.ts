import { BaseSchema } from '@adonisjs/lucid/schema'

/** The date whose passing drafted a risk from an assumption: it does so once, whatever becomes of the risk. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table raid_items add column drafted_for date')
  }

  async down() {
    this.schema.raw('alter table raid_items drop column drafted_for')
  }
}
