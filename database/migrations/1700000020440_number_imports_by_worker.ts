import { BaseSchema } from '@adonisjs/lucid/schema'

/** How often an import was handed to a worker: what was asked for before is not done in the name of who asked last. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table imports add column handed_over integer not null default 0')
  }

  async down() {
    this.schema.raw('alter table imports drop column handed_over')
  }
}
