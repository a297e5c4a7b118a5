import { BaseSchema } from '@adonisjs/lucid/schema'

/** What jobs look for in an organisation every hour or night is few among many: each has an index of just that. */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    // One that broke off leaves an index that is not valid, and runs again.
    this.schema.raw('drop index concurrently if exists gate_decisions_deferred')
    this.schema.raw(`create index concurrently gate_decisions_deferred on gate_decisions
      (organisation_id, revisit_on) where outcome = 'deferred'`)
    this.schema.raw('drop index concurrently if exists ai_proposals_content')
    this.schema.raw(`create index concurrently ai_proposals_content on ai_proposals
      (organisation_id, created_at) where content is not null`)
    this.schema.raw('drop index concurrently if exists imports_drafts')
    this.schema.raw(`create index concurrently imports_drafts on imports
      (organisation_id, created_at) where status = 'draft'`)
  }

  async down() {
    this.schema.raw('drop index imports_drafts, ai_proposals_content, gate_decisions_deferred')
  }
}
