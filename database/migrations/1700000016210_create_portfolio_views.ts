import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** What somebody looks at in the portfolio, kept under a name. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table portfolio_views (
        organisation_id uuid not null,
        id uuid not null,
        owner_id uuid not null,
        name text not null check (length(name) between 1 and 80),
        visibility text not null check (visibility in ('private', 'organisation')),
        -- Filters and order as they stand in the address of the portfolio.
        query text not null check (length(query) <= 2000),
        -- The one that its owner begins with.
        is_default boolean not null default false,
        lock_version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, owner_id) references memberships (organisation_id, id)
      );
      create unique index portfolio_views_name on portfolio_views
        (organisation_id, owner_id, lower(name));
      create unique index portfolio_views_default on portfolio_views (organisation_id, owner_id)
        where is_default;
      create index portfolio_views_shared on portfolio_views (organisation_id, lower(name))
        where visibility = 'organisation';
      grant select, insert, update, delete on portfolio_views to orch_app;
    `)
    this.schema.raw(guardTenantTables('portfolio_views'))
    // The event of the view that becomes the default tells that another no longer is.
    this.schema.raw(watchTable('portfolio_views', 'portfolio_view', ['is_default']))
  }

  async down() {
    this.schema.raw('drop table portfolio_views')
  }
}
