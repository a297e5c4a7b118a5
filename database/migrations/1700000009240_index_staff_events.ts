import { BaseSchema } from '@adonisjs/lucid/schema'

/** What staff did stands in the platform's chain between everybody's sign-ins, which outnumber it by far. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create index events_by_staff on audit.events (organisation_id, seq desc)
        where actor_kind = 'staff';
    `)
  }

  async down() {
    this.schema.raw('drop index audit.events_by_staff')
  }
}
