import { BaseSchema } from '@adonisjs/lucid/schema'

/** A file that named an erased person goes; that it was put before the deciders, and its hash, stay. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('alter table gate_evidence add column erased_at timestamptz')
  }

  async down() {
    this.schema.raw('alter table gate_evidence drop column erased_at')
  }
}
