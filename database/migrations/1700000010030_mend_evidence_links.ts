import { BaseSchema } from '@adonisjs/lucid/schema'

/** The query builder took the question mark in the first pattern for a placeholder, so that no link passed. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table gate_evidence drop constraint gate_evidence_url_check,
        add constraint url_over_http check (url ~* '^(http|https)://')
    `)
  }

  async down() {}
}
