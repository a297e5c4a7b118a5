import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** What somebody asks a project for, before there is one, and what became of it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table project_requests (
        organisation_id uuid not null,
        id uuid not null,
        title text not null check (length(title) between 1 and 200),
        purpose text not null check (length(purpose) between 1 and 20000),
        benefits text check (length(benefits) <= 20000),
        budget text check (length(budget) <= 200),
        wanted_by date,
        sponsor_id uuid,
        requested_by uuid,
        state text not null default 'requested'
          check (state in ('requested', 'approved', 'declined', 'withdrawn')),
        answer text check (length(answer) <= 2000),
        answered_by uuid,
        answered_on date,
        -- The project that was begun of it: from then on it belongs to its record, and goes with it.
        project_id uuid,
        lock_version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, sponsor_id) references memberships (organisation_id, id),
        foreign key (organisation_id, requested_by) references memberships (organisation_id, id),
        foreign key (organisation_id, answered_by) references memberships (organisation_id, id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id),
        check ((state = 'requested') = (answered_on is null)),
        check (state <> 'declined' or answer is not null),
        check (project_id is null or state = 'approved')
      );
      create index project_requests_state on project_requests (organisation_id, state, id);
      create index project_requests_requester on project_requests (organisation_id, requested_by, id);
      create index project_requests_sponsor on project_requests (organisation_id, sponsor_id, id)
        where sponsor_id is not null;
      create index project_requests_project on project_requests (organisation_id, project_id)
        where project_id is not null;
      grant select, insert, update on project_requests to orch_app;
    `)
    this.schema.raw(guardTenantTables('project_requests'))
    this.schema.raw(watchTable('project_requests', 'project_request'))
  }

  async down() {
    this.schema.raw('drop table project_requests')
  }
}
