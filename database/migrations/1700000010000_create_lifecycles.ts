import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

const PARTS = [
  'lifecycle_template_stages',
  'lifecycle_template_gates',
  'lifecycle_template_criteria',
]

/** Lifecycles of an organisation: each row of the first table is one version of one of them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(TABLES)
    this.schema.raw(guardTenantTables('lifecycle_templates', ...PARTS))
    this.schema.raw(watchTable('lifecycle_templates', 'lifecycle', ['created_by']))
    this.schema.raw(KEEP_PUBLISHED)
  }

  async down() {
    this.schema.raw(`
      drop table lifecycle_template_criteria, lifecycle_template_gates, lifecycle_template_stages,
        lifecycle_templates;
      drop function public.keep_published_lifecycle();
      drop function public.keep_published_lifecycle_parts();
    `)
  }
}

const TABLES = `
  create table lifecycle_templates (
    organisation_id uuid not null references organisations (id),
    id uuid not null,
    origin_id uuid not null,
    version integer not null check (version >= 1),
    name text not null check (length(name) between 1 and 200),
    description text,
    status text not null default 'draft'
      check (status in ('draft', 'published', 'superseded', 'retired')),
    published_at timestamptz,
    retired_at timestamptz,
    lock_version integer not null default 1,
    created_by uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, origin_id, version),
    foreign key (organisation_id, origin_id) references lifecycle_templates (organisation_id, id),
    foreign key (organisation_id, created_by) references memberships (organisation_id, id),
    constraint published_when check ((status = 'draft') = (published_at is null)),
    constraint retired_when check ((status = 'retired') = (retired_at is not null))
  );
  create unique index lifecycle_templates_draft on lifecycle_templates (organisation_id, origin_id)
    where status = 'draft';
  create unique index lifecycle_templates_published
    on lifecycle_templates (organisation_id, origin_id) where status = 'published';

  create table lifecycle_template_stages (
    organisation_id uuid not null,
    id uuid not null,
    template_id uuid not null,
    position smallint not null check (position >= 1),
    name text not null check (length(name) between 1 and 200),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, template_id, position) deferrable initially deferred,
    unique (organisation_id, template_id, id),
    foreign key (organisation_id, template_id) references lifecycle_templates (organisation_id, id)
      on delete cascade
  );

  create table lifecycle_template_gates (
    organisation_id uuid not null,
    id uuid not null,
    template_id uuid not null,
    stage_id uuid not null,
    name text not null check (length(name) between 1 and 200),
    purpose text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, template_id, id),
    unique (organisation_id, template_id, stage_id),
    foreign key (organisation_id, template_id, stage_id)
      references lifecycle_template_stages (organisation_id, template_id, id) on delete cascade
  );

  create table lifecycle_template_criteria (
    organisation_id uuid not null,
    id uuid not null,
    template_id uuid not null,
    gate_id uuid not null,
    position smallint not null check (position >= 1),
    title text not null check (length(title) between 1 and 300),
    guidance text,
    weight text not null check (weight in ('must_meet', 'should_meet')),
    check_kind text not null check (check_kind in ('manual', 'rule')),
    rule text check (rule ~ '^[a-z_]{1,60}$'),
    evidence_required boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, gate_id, position) deferrable initially deferred,
    foreign key (organisation_id, template_id, gate_id)
      references lifecycle_template_gates (organisation_id, template_id, id) on delete cascade,
    constraint rule_when_checked check ((check_kind = 'rule') = (rule is not null)),
    constraint rules_need_no_evidence check (check_kind = 'manual' or not evidence_required)
  );
  create index lifecycle_template_criteria_template
    on lifecycle_template_criteria (organisation_id, template_id);

  grant select, insert, update, delete on lifecycle_templates, lifecycle_template_stages,
    lifecycle_template_gates, lifecycle_template_criteria to orch_app;
`

/**
 * Projects copied a published version, and their trail names it: whatever writes to the database, it stays
 * what it was. Of the version itself only its standing moves on.
 */
const KEEP_PUBLISHED = `
  create function public.keep_published_lifecycle() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  declare moves text[] := array['status', 'retired_at', 'lock_version', 'updated_at'];
  begin
    if old.status = 'draft' then
      return null;
    end if;
    if tg_op = 'DELETE' or new.status = 'draft'
      or to_jsonb(new) - moves <> to_jsonb(old) - moves then
      raise exception 'version % of lifecycle % is published and never changes',
        old.version, old.origin_id using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create trigger published after update or delete on lifecycle_templates
    for each row execute function public.keep_published_lifecycle();

  create function public.keep_published_lifecycle_parts() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  declare rows jsonb := jsonb_build_array(
    case when tg_op <> 'INSERT' then to_jsonb(old) end,
    case when tg_op <> 'DELETE' then to_jsonb(new) end);
  begin
    if exists (
      select from jsonb_array_elements(rows) row join lifecycle_templates t
        on t.organisation_id = (row->>'organisation_id')::uuid and t.id = (row->>'template_id')::uuid
      where t.status <> 'draft'
    ) then
      raise exception 'a part of a published lifecycle never changes'
        using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  ${PARTS.map(
    (table) => `
  create trigger published after insert or update or delete on ${table}
    for each row execute function public.keep_published_lifecycle_parts();`
  ).join('')}
`
