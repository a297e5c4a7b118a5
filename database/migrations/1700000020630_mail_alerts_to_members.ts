import { BaseSchema } from '@adonisjs/lucid/schema'

/** An alert can be mailed to all members too, with a letter: whoever is concerned by a breach is told in full. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table system_alerts
        add column mails_members boolean not null default false,
        add column letter text check (length(letter) between 1 and 5000)
    `)
  }

  async down() {
    this.schema.raw('alter table system_alerts drop column mails_members, drop column letter')
  }
}
