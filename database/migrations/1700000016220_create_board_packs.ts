import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** A portfolio on paper and on slides, from being asked for to its end. The files stand in the store, sealed. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table board_packs (
        organisation_id uuid not null,
        id uuid not null,
        membership_id uuid not null,
        -- Filters and order of the portfolio, and the projects that have a page of their own.
        query text not null check (length(query) <= 2000),
        project_ids uuid[] not null check (cardinality(project_ids) <= 30),
        status text not null
          check (status in ('queued', 'running', 'ready', 'failed', 'expired')),
        attempts integer not null default 0,
        parts_done integer not null default 0,
        parts integer not null default 0,
        progressed_at timestamptz not null,
        -- The moment whose content it shows, and every project in it.
        content_at timestamptz,
        shown_ids uuid[] not null default '{}',
        is_stored boolean not null default false,
        expires_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id)
      );
      create index board_packs_own on board_packs (organisation_id, membership_id, id desc);
      create index board_packs_stored on board_packs (organisation_id, expires_at) where is_stored;
      create index board_packs_open on board_packs (organisation_id, progressed_at)
        where status in ('queued', 'running');
      grant select, insert, update on board_packs to orch_app;
    `)
    this.schema.raw(guardTenantTables('board_packs'))
    this.schema.raw(FORGET)
    // Each step of the work is no event; its beginning, its end and each download are.
    this.schema.raw(
      watchTable('board_packs', 'board_pack', [
        'status',
        'attempts',
        'parts_done',
        'parts',
        'progressed_at',
        'content_at',
        'project_ids',
        'shown_ids',
        'is_stored',
        'expires_at',
      ])
    )
  }

  async down() {
    this.schema.raw(`
      drop trigger forget_in_packs on projects;
      drop function public.forget_in_packs();
      drop table board_packs;
    `)
  }
}

/** A project that is destroyed leaves every pack: those that show it are over at once, and the next sweep takes their files. */
const FORGET = `
  create function public.forget_in_packs() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    update board_packs set project_ids = array_remove(project_ids, old.id),
      shown_ids = array_remove(shown_ids, old.id), expires_at = least(expires_at, now())
    where organisation_id = old.organisation_id
      and (old.id = any(project_ids) or old.id = any(shown_ids));
    return null;
  end $$;
  create trigger forget_in_packs after delete on projects
    for each row execute function public.forget_in_packs();
`
