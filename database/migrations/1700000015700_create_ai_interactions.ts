import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Who asked the assistant what, with whose leave, what was sent, what came back and what it cost. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(INVOCATIONS)
    this.schema.raw(INTERACTIONS)
    this.schema.raw(guardTenantTables('ai_invocations', 'ai_interactions'))
    this.schema.raw(watchTable('ai_interactions', 'ai_interaction', [], ['insert']))
  }

  async down() {
    this.schema.raw('drop table ai_interactions, ai_invocations')
  }
}

const INVOCATIONS = `
  create table ai_invocations (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    membership_id uuid not null,
    feature text not null check (feature in ('ask', 'raid_draft')),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    expires_at timestamptz not null,
    consumed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, digest),
    foreign key (organisation_id, project_id) references projects (organisation_id, id),
    foreign key (organisation_id, membership_id) references memberships (organisation_id, id)
  );
  create index ai_invocations_project on ai_invocations (organisation_id, project_id);
  create index ai_invocations_member on ai_invocations (organisation_id, membership_id);
  grant select, insert on ai_invocations to orch_app;
  grant update (consumed_at, updated_at) on ai_invocations to orch_app;
`

/** What is asked and answered is encrypted, and goes after a while; tokens and cost stay. */
const INTERACTIONS = `
  create table ai_interactions (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    membership_id uuid not null,
    conversation_id uuid not null,
    invocation_id uuid not null,
    feature text not null check (feature in ('ask', 'raid_draft')),
    question text,
    prompt text,
    answer text,
    context_manifest jsonb,
    model text not null,
    price_version text not null,
    input_tokens integer not null default 0,
    output_tokens integer not null default 0,
    cache_read_tokens integer not null default 0,
    cache_5m_tokens integer not null default 0,
    cache_1h_tokens integer not null default 0,
    is_estimated boolean not null default false,
    reserved_micros bigint not null check (reserved_micros >= 0),
    cost_micros bigint not null default 0 check (cost_micros >= 0),
    status text not null default 'running' check (status in ('running', 'answered', 'aborted', 'failed')),
    failure text,
    asked_at timestamptz not null default now(),
    settled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, project_id, id),
    unique (organisation_id, invocation_id),
    foreign key (organisation_id, project_id) references projects (organisation_id, id),
    foreign key (organisation_id, membership_id) references memberships (organisation_id, id),
    foreign key (organisation_id, invocation_id) references ai_invocations (organisation_id, id),
    foreign key (organisation_id, project_id, conversation_id)
      references ai_interactions (organisation_id, project_id, id),
    constraint failed_for_a_reason check ((status = 'failed') = (failure is not null)),
    constraint settled_when_over check ((status = 'running') = (settled_at is null))
  );
  create index ai_interactions_spending on ai_interactions (organisation_id, asked_at)
    include (membership_id, status, reserved_micros, cost_micros);
  create index ai_interactions_conversation on ai_interactions
    (organisation_id, membership_id, project_id, asked_at);
  create index ai_interactions_turns on ai_interactions (organisation_id, project_id, conversation_id);
  create index ai_interactions_unsettled on ai_interactions (organisation_id, asked_at)
    where status = 'running';
  create index ai_interactions_content on ai_interactions (organisation_id, asked_at)
    where prompt is not null;

  grant select, insert on ai_interactions to orch_app;
  grant update (question, prompt, answer, context_manifest, input_tokens, output_tokens,
    cache_read_tokens, cache_5m_tokens, cache_1h_tokens, is_estimated, cost_micros, status, failure,
    settled_at, updated_at) on ai_interactions to orch_app;
`
