import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

/**
 * The proof of each choice about cookies. Rows of the platform's tenancy, only ever added, and removed
 * when their time is over. No address of the network, and no person unless they were signed in.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table consent_records (
        organisation_id uuid not null,
        id uuid not null,
        notice text not null check (notice ~ '^[0-9a-f]{64}$'),
        policy_version text not null,
        receipt text check (length(receipt) = 36),
        purpose text not null check (purpose in ('analytics')),
        decision text not null check (decision in ('granted', 'denied', 'withdrawn')),
        mechanism text not null check (mechanism in ('banner', 'page', 'footer')),
        locale text not null,
        user_id uuid references users (id),
        decided_at timestamptz not null default now(),
        expires_at timestamptz not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        check ((decision = 'denied') = (receipt is null)),
        check (expires_at > decided_at)
      );
      create index consent_records_receipt on consent_records (organisation_id, receipt)
        where receipt is not null;
      create index consent_records_user on consent_records (organisation_id, user_id)
        where user_id is not null;
      create index consent_records_expiry on consent_records (organisation_id, expires_at);

      grant select, insert, delete on consent_records to orch_app;
    `)
    this.schema.raw(guardTenantTables('consent_records'))
  }

  async down() {
    this.schema.raw('drop table consent_records')
  }
}
