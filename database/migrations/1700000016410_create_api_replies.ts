import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

/**
 * What requests with an idempotency key were answered, for a day. The row is written with the change itself:
 * a request that comes twice at once waits for the first, and is answered like it.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table api_replies (
        organisation_id uuid not null,
        id uuid not null,
        token_id uuid not null,
        key_digest bytea not null check (length(key_digest) = 32),
        request_digest bytea not null check (length(request_digest) = 32),
        status smallint,
        location text,
        tag text,
        body text,
        created_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, token_id, key_digest),
        foreign key (organisation_id, token_id) references api_tokens (organisation_id, id)
          on delete cascade
      );
      create index api_replies_age on api_replies (organisation_id, created_at);
      grant select, insert, update, delete on api_replies to orch_app;
    `)
    this.schema.raw(guardTenantTables('api_replies'))
  }

  async down() {
    this.schema.raw('drop table api_replies')
  }
}
