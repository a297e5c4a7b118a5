import { BaseSchema } from '@adonisjs/lucid/schema'

/** Staff of the platform belong to no organisation, so that the trail names them by their account. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      comment on column audit.events.actor_ref is
        'memberships.id: a pseudonym that stays in its organisation; of staff, users.id';
    `)
  }

  async down() {
    this.schema.raw(`
      comment on column audit.events.actor_ref is
        'memberships.id: a pseudonym that stays in its organisation';
    `)
  }
}
