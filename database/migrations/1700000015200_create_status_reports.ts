import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

const TABLES = [
  'status_reports',
  'status_report_ratings',
  'status_report_decisions',
  'status_report_publications',
]

/** Status reports: as they are written, and frozen as they were published. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(REPORTS)
    this.schema.raw(PARTS)
    this.schema.raw(PUBLICATIONS)
    this.schema.raw(GUARDS)
    this.schema.raw(ACCESS)
    this.schema.raw(guardTenantTables(...TABLES))
    this.schema.raw(watchTable('status_reports', 'status_report'))
  }

  async down() {
    this.schema.raw(`
      drop table status_report_publications, status_report_decisions, status_report_ratings,
        status_reports;
      drop function public.keep_report(), public.keep_report_part();
    `)
  }
}

/** Each version of a report is a row: a correction is the next version, and the one before it stays. */
const REPORTS = `
  create table status_reports (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    number integer not null check (number >= 1),
    version smallint not null default 1 check (version >= 1),
    corrects_id uuid,
    correction_reason text check (length(correction_reason) between 1 and 2000),
    state text not null default 'draft' check (state in ('draft', 'submitted', 'published')),
    period_start_on date not null,
    period_end_on date not null,
    author_id uuid not null,
    summary text check (length(summary) between 1 and 10000),
    achieved text check (length(achieved) between 1 and 10000),
    planned text check (length(planned) between 1 and 10000),
    budget text check (length(budget) between 1 and 10000),
    submitted_by uuid,
    submitted_at timestamptz,
    returned_by uuid,
    returned_at timestamptz,
    return_reason text check (length(return_reason) between 1 and 2000),
    published_by uuid,
    published_at timestamptz,
    lock_version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, project_id, id),
    unique (organisation_id, project_id, number, version),
    foreign key (organisation_id, project_id) references projects (organisation_id, id),
    foreign key (organisation_id, project_id, corrects_id)
      references status_reports (organisation_id, project_id, id),
    foreign key (organisation_id, author_id) references memberships (organisation_id, id),
    foreign key (organisation_id, submitted_by) references memberships (organisation_id, id),
    foreign key (organisation_id, returned_by) references memberships (organisation_id, id),
    foreign key (organisation_id, published_by) references memberships (organisation_id, id),
    constraint period_in_order check (period_start_on <= period_end_on),
    constraint corrected_for_a_reason check (
      num_nulls(corrects_id, correction_reason) = case when version = 1 then 2 else 0 end),
    constraint submitted_by_somebody check (
      num_nulls(submitted_by, submitted_at) = case when state = 'draft' then 2 else 0 end),
    constraint returned_for_a_reason check (
      num_nulls(returned_by, returned_at, return_reason) in (0, 3)),
    constraint published_by_somebody check (
      num_nulls(published_by, published_at) = case when state = 'published' then 0 else 2 end)
  );
  create unique index status_reports_open on status_reports (organisation_id, project_id)
    where state <> 'published';
  create index status_reports_published on status_reports
    (organisation_id, project_id, number desc, version desc) include (published_at)
    where state = 'published';
`

const PARTS = `
  create table status_report_ratings (
    organisation_id uuid not null,
    id uuid not null,
    report_id uuid not null,
    dimension text not null
      check (dimension in ('overall', 'schedule', 'cost', 'scope', 'benefits', 'resources')),
    rating text not null check (rating in ('green', 'amber', 'red', 'not_rated')),
    reason text check (length(reason) between 1 and 2000),
    path_to_green text check (length(path_to_green) between 1 and 2000),
    -- Why the declaration says better than the product computes.
    difference_reason text check (length(difference_reason) between 1 and 2000),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, report_id, dimension),
    foreign key (organisation_id, report_id) references status_reports (organisation_id, id)
      on delete cascade
  );

  create table status_report_decisions (
    organisation_id uuid not null,
    id uuid not null,
    report_id uuid not null,
    position smallint not null check (position >= 1),
    what text not null check (length(what) between 1 and 500),
    owner_id uuid,
    due_on date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, report_id, position),
    foreign key (organisation_id, report_id) references status_reports (organisation_id, id)
      on delete cascade,
    foreign key (organisation_id, owner_id) references memberships (organisation_id, id)
  );
`

const PUBLICATIONS = `
  create table status_report_publications (
    organisation_id uuid not null,
    id uuid not null,
    report_id uuid not null,
    body text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, report_id),
    foreign key (organisation_id, report_id) references status_reports (organisation_id, id)
  );
`

/** A name may be taken out of a text lawfully, by the owner alone. */
const UNLESS_REDACTED = `when (current_user <> 'orch_owner'
      or current_setting('privacy.redaction', true) is distinct from 'on')`

/** What was published stays what it was, whatever else writes to the database. */
const GUARDS = `
  create trigger immutable before update or delete on status_report_publications
    for each row execute function public.refuse_change();

  create function public.keep_report() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    if old.state = 'published' or tg_op = 'DELETE' and old.state <> 'draft' then
      raise exception 'report % is % and stays as it is', old.id, old.state
        using errcode = 'integrity_constraint_violation';
    end if;
    if tg_op = 'DELETE' then
      return old;
    end if;
    return new;
  end $$;
  create trigger published before update or delete on status_reports
    for each row ${UNLESS_REDACTED} execute function public.keep_report();

  create function public.keep_report_part() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  declare touched uuid[] := array_remove(array[old.report_id, new.report_id], null);
  begin
    if exists (select from status_reports r
        where r.organisation_id = coalesce(new.organisation_id, old.organisation_id)
          and r.id = any(touched) and r.state = 'published') then
      raise exception 'report % is published and stays as it is', touched[1]
        using errcode = 'integrity_constraint_violation';
    end if;
    if tg_op = 'DELETE' then
      return old;
    end if;
    return new;
  end $$;
  create trigger published before insert or update or delete on status_report_ratings
    for each row ${UNLESS_REDACTED} execute function public.keep_report_part();
  create trigger published before insert or update or delete on status_report_decisions
    for each row ${UNLESS_REDACTED} execute function public.keep_report_part();
`

const ACCESS = `
  grant select, insert, update, delete on status_reports, status_report_ratings, status_report_decisions
    to orch_app;
  grant select, insert on status_report_publications to orch_app;
`
