import { BaseSchema } from '@adonisjs/lucid/schema'

/** A request that was extended is due anew, and warned of anew. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('drop index privacy_request_entries_alarm')
  }

  async down() {
    this.schema.raw(`
      create unique index privacy_request_entries_alarm on privacy_request_entries
        (organisation_id, request_id, kind) where kind in ('alarm_first', 'alarm_last')
    `)
  }
}
