import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

const TABLES = ['project_ratings', 'delivery_confidences']

/** How a project stands: as its manager declares, and as assurance judges whether it can deliver. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(RATINGS)
    this.schema.raw(CONFIDENCES)
    this.schema.raw(GUARDS)
    this.schema.raw(`grant select, insert on ${TABLES.join(', ')} to orch_app`)
    this.schema.raw(guardTenantTables(...TABLES))
    this.schema.raw(watchTable('project_ratings', 'project_rating'))
    this.schema.raw(watchTable('delivery_confidences', 'delivery_confidence'))
  }

  async down() {
    this.schema.raw(`
      drop table delivery_confidences, project_ratings;
      drop function public.refuse_partial_assurance();
    `)
  }
}

const RATING = `in ('green', 'amber', 'red', 'not_rated')`
const WORDS = (column: string) => `${column} text check (length(${column}) between 1 and 5000)`

/** Green is 1, amber 2, red 3; what is not rated compares with nothing. */
const rank = (column: string) => `array_position(array['green', 'amber', 'red'], ${column})`

const RATINGS = `
  create table project_ratings (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    dimension text not null
      check (dimension in ('schedule', 'cost', 'scope', 'benefits', 'resources', 'overall')),
    rating text not null check (rating ${RATING}),
    ${WORDS('reason')},
    ${WORDS('path_to_green')},
    -- What the product computed at that moment, and why the declaration says better.
    computed_rating text not null check (computed_rating ${RATING}),
    ${WORDS('difference_reason')},
    declared_by uuid not null,
    declared_at timestamptz not null,
    -- The status report that declared it; none when it was declared by itself.
    report_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, project_id, id),
    foreign key (organisation_id, project_id) references projects (organisation_id, id),
    foreign key (organisation_id, declared_by) references memberships (organisation_id, id),
    constraint led_back_to_green check (
      rating not in ('amber', 'red') or num_nulls(reason, path_to_green) = 0),
    constraint difference_explained check (
      ${rank('rating')} >= ${rank('computed_rating')} or difference_reason is not null)
  );
  create index project_ratings_latest on project_ratings
    (organisation_id, project_id, dimension, declared_at desc, id desc);
`

const CONFIDENCES = `
  create table delivery_confidences (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    gate_id uuid,
    rating text not null check (rating in ('green', 'amber', 'red')),
    rationale text not null check (length(rationale) between 1 and 5000),
    given_by uuid not null,
    given_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    foreign key (organisation_id, project_id) references projects (organisation_id, id),
    foreign key (organisation_id, project_id, gate_id) references gates (organisation_id, project_id, id),
    foreign key (organisation_id, given_by) references memberships (organisation_id, id)
  );
  create index delivery_confidences_latest on delivery_confidences
    (organisation_id, project_id, given_at desc, id desc);
`

/** What was said stays as it was said, and nobody assures a project of their own, whatever writes here. */
const GUARDS = `
  create trigger immutable before update or delete on project_ratings
    for each row execute function public.refuse_change();
  create trigger immutable before update or delete on delivery_confidences
    for each row execute function public.refuse_change();

  create function public.refuse_partial_assurance() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    if exists (
      select from projects p
      where p.organisation_id = new.organisation_id and p.id = new.project_id
        and p.manager_id = new.given_by
    ) then
      raise exception 'whoever manages a project does not say how likely it delivers'
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger independent before insert on delivery_confidences
    for each row execute function public.refuse_partial_assurance();
`
