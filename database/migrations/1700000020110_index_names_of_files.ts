import { BaseSchema } from '@adonisjs/lucid/schema'

/** How the search finds names of files by their words, and by likeness to what was mistyped. */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    this.schema.raw('drop index concurrently if exists task_attachments_words')
    this.schema.raw(
      'create index concurrently task_attachments_words on task_attachments using gin (organisation_id, file_words(name))'
    )
    this.schema.raw('drop index concurrently if exists task_attachments_likeness')
    this.schema.raw(
      'create index concurrently task_attachments_likeness on task_attachments using gin (organisation_id, lower(name) gin_trgm_ops)'
    )
    this.schema.raw('drop index concurrently if exists gate_evidence_words')
    this.schema.raw(
      'create index concurrently gate_evidence_words on gate_evidence using gin (organisation_id, file_words(name))'
    )
    this.schema.raw('drop index concurrently if exists gate_evidence_likeness')
    this.schema.raw(
      'create index concurrently gate_evidence_likeness on gate_evidence using gin (organisation_id, lower(name) gin_trgm_ops)'
    )
  }

  async down() {
    this.schema.raw(
      'drop index gate_evidence_likeness, gate_evidence_words, task_attachments_likeness, task_attachments_words'
    )
  }
}
