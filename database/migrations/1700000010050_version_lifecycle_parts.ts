import { BaseSchema } from '@adonisjs/lucid/schema'

const PARTS = [
  'lifecycle_template_stages',
  'lifecycle_template_gates',
  'lifecycle_template_criteria',
]

/** Two people who edit one part of a draft are told of each other. */
export default class extends BaseSchema {
  async up() {
    for (const table of PARTS) {
      this.schema.raw(`alter table ${table} add column lock_version integer not null default 1`)
    }
  }

  async down() {
    for (const table of PARTS) this.schema.raw(`alter table ${table} drop column lock_version`)
  }
}
