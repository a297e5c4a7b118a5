import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

const TABLES = ['gate_reviews', 'gate_pack_sections', 'gate_poll_answers', 'gate_votes']

/** Rounds of review: the pack as it was submitted, and what the deciders say to it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(REVIEWS)
    this.schema.raw(SECTIONS)
    this.schema.raw(VOTES)
    this.schema.raw(GUARDS)
    this.schema.raw(ACCESS)
    this.schema.raw(guardTenantTables(...TABLES))
    this.schema.raw(watchTable('gate_reviews', 'gate_review', ['status']))
    this.schema.raw(watchTable('gate_votes', 'gate_vote'))
    // A score is private until the poll opens, and its owner's for ever: the trail tells only that one was given.
    this.schema.raw(watchTable('gate_poll_answers', 'gate_poll_answer', ['score']))
  }

  async down() {
    this.schema.raw(`
      drop table gate_votes, gate_poll_answers, gate_pack_sections, gate_reviews;
      drop function public.refuse_change(), public.keep_submission(), public.refuse_conflicted(),
        public.refuse_outside_review();
    `)
  }
}

const REVIEWS = `
  create table gate_reviews (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    gate_id uuid not null,
    round smallint not null check (round >= 1),
    status text not null default 'submitted'
      check (status in ('submitted', 'in_review', 'decided', 'withdrawn')),
    submitted_by uuid not null,
    submitted_at timestamptz not null,
    manager_id uuid,
    note text check (length(note) between 1 and 10000),
    decide_by date not null,
    decision_rule text not null
      check (decision_rule in ('sole_decider', 'chair_after_advice', 'majority', 'unanimous')),
    quorum smallint not null,
    is_polled boolean not null,
    pack text not null,
    pack_sha256 text not null check (pack_sha256 ~ '^[0-9a-f]{64}$'),
    poll_opened_at timestamptz,
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    withdrawal_reason text check (length(withdrawal_reason) between 1 and 10000),
    lock_version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, project_id, id),
    unique (organisation_id, gate_id, round),
    foreign key (organisation_id, project_id, gate_id) references gates (organisation_id, project_id, id),
    foreign key (organisation_id, submitted_by) references memberships (organisation_id, id),
    foreign key (organisation_id, manager_id) references memberships (organisation_id, id),
    foreign key (organisation_id, withdrawn_by) references memberships (organisation_id, id),
    constraint withdrawn_for_a_reason check (
      num_nulls(withdrawn_by, withdrawn_at, withdrawal_reason) =
        case when status = 'withdrawn' then 0 else 3 end),
    constraint opened_when_polled check (poll_opened_at is null or is_polled)
  );
  create unique index gate_reviews_open on gate_reviews (organisation_id, gate_id)
    where status in ('submitted', 'in_review');
  create index gate_reviews_project on gate_reviews (organisation_id, project_id, submitted_at);
`

const SECTIONS = `
  create table gate_pack_sections (
    organisation_id uuid not null,
    id uuid not null,
    review_id uuid not null,
    name text not null
      check (name in ('gate', 'criteria', 'raid', 'raid_leads', 'status', 'conditions')),
    body text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, review_id, name),
    foreign key (organisation_id, review_id) references gate_reviews (organisation_id, id)
  );
`

const VOTES = `
  create table gate_poll_answers (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    review_id uuid not null,
    decider_id uuid not null,
    cast_by uuid not null,
    score smallint not null check (score between 1 and 10),
    given_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, review_id, decider_id),
    foreign key (organisation_id, project_id, review_id)
      references gate_reviews (organisation_id, project_id, id),
    foreign key (organisation_id, decider_id) references memberships (organisation_id, id),
    foreign key (organisation_id, cast_by) references memberships (organisation_id, id)
  );

  create table gate_votes (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    review_id uuid not null,
    decider_id uuid not null,
    cast_by uuid not null,
    role text not null check (role in ('chair', 'decider', 'adviser')),
    vote text not null check (vote in
      ('approved', 'approved_with_conditions', 'deferred', 'rework', 'rejected', 'abstain', 'recused')),
    comment text check (length(comment) between 1 and 10000),
    cast_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, review_id, decider_id),
    foreign key (organisation_id, project_id, review_id)
      references gate_reviews (organisation_id, project_id, id),
    foreign key (organisation_id, decider_id) references memberships (organisation_id, id),
    foreign key (organisation_id, cast_by) references memberships (organisation_id, id),
    constraint said_why check (vote = 'approved' or comment is not null)
  );
  create index gate_votes_person on gate_votes (organisation_id, decider_id, review_id);
`

/**
 * What was put before the deciders stays what it was, and nobody speaks on a matter of their own, whatever
 * writes to the database.
 */
const GUARDS = `
  create function public.refuse_change() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    raise exception 'a row of % never changes', tg_table_name
      using errcode = 'integrity_constraint_violation';
  end $$;
  create trigger immutable before update or delete on gate_pack_sections
    for each row execute function public.refuse_change();
  create trigger undeletable before delete on gate_reviews
    for each row execute function public.refuse_change();
  create trigger undeletable before delete on gate_votes
    for each row execute function public.refuse_change();

  create function public.keep_submission() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  declare moves text[] := array['status', 'poll_opened_at', 'withdrawn_by', 'withdrawn_at',
    'withdrawal_reason', 'lock_version', 'updated_at'];
  begin
    if old.status in ('decided', 'withdrawn') or to_jsonb(new) - moves <> to_jsonb(old) - moves
      or old.poll_opened_at is distinct from new.poll_opened_at and old.poll_opened_at is not null then
      raise exception 'review % was submitted and stays as it was', old.id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger submitted before update on gate_reviews
    for each row execute function public.keep_submission();

  create function public.refuse_conflicted() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  declare
    speaker uuid := (to_jsonb(new)->>tg_argv[0])::uuid;
  begin
    if exists (
      select from gate_reviews r join projects p
        on p.organisation_id = r.organisation_id and p.id = r.project_id
      where r.organisation_id = new.organisation_id and r.id = new.review_id
        and speaker in (r.submitted_by, r.manager_id, p.manager_id)
    ) then
      raise exception 'whoever submitted a gate or manages its project does not decide it'
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger unconflicted before insert or update on gate_votes
    for each row execute function public.refuse_conflicted('cast_by');
  create trigger unconflicted before insert or update on gate_poll_answers
    for each row execute function public.refuse_conflicted('cast_by');

  create function public.refuse_outside_review() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    if exists (
      select from gate_reviews r
      where r.organisation_id = new.organisation_id and r.id = new.review_id
        and (r.status in ('decided', 'withdrawn')
          or tg_argv[0] = 'while polled' and r.poll_opened_at is not null)
    ) then
      raise exception 'review % takes no more of this', new.review_id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger in_time before insert or update on gate_votes
    for each row execute function public.refuse_outside_review();
  create trigger in_time before insert or update on gate_poll_answers
    for each row execute function public.refuse_outside_review('while polled');
`

const ACCESS = `
  grant select, insert on gate_reviews, gate_pack_sections, gate_poll_answers, gate_votes to orch_app;
  grant update (status, poll_opened_at, withdrawn_by, withdrawn_at, withdrawal_reason, lock_version,
    updated_at) on gate_reviews to orch_app;
  grant update (cast_by, score, given_at, updated_at) on gate_poll_answers to orch_app;
  grant update (cast_by, role, vote, comment, cast_at, updated_at) on gate_votes to orch_app;
`
