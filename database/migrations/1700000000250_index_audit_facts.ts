import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The trail is read by ref and by the record that a comment belongs to. Both are facts, and row level
 * security keeps an index on a JSON expression out of reach, because the operator is not leakproof; so
 * they become columns, computed from what was hashed and never written on their own.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table audit.events
        add column ref text generated always as (facts->>'ref') stored,
        add column target text generated always as (facts->>'target') stored;
      create index events_ref on audit.events (organisation_id, ref, seq desc)
        where ref is not null;
      create index events_target on audit.events (organisation_id, target, seq desc)
        where target is not null;
      create index events_without_actor on audit.events (organisation_id, seq desc)
        where actor_ref is null;
    `)
  }

  async down() {
    this.schema.raw(`
      drop index audit.events_without_actor;
      alter table audit.events drop column ref, drop column target;
    `)
  }
}
