import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'

const FEATURES = [
  'ask',
  'raid_draft',
  'risk_response',
  'raid_duplicates',
  'report_draft',
  'gate_challenge',
  'assumption_check',
  'change_summary',
]

/** What goes with the record itself when that is removed. */
const UNTOLD = ['content', 'raid_item_id', 'subject_id', 'other_id', 'task_id']

/**
 * More that the assistant may be asked for, and more kinds of proposal: besides a new entry an action that
 * answers one, and that two entries are one. What a proposal is about stands with its version, so that it
 * is told when the record changed meanwhile.
 */
export default class extends BaseSchema {
  /** Keys are checked under the table's policy, which raises where no organisation is set. */
  async up() {
    this.schema.raw(`
      alter table ai_proposals no force row level security;
      ${allowing('ai_invocations', FEATURES)}
      ${allowing('ai_interactions', FEATURES)}

      alter table ai_proposals
        add column kind text not null default 'entry' check (kind in ('entry', 'action', 'merge')),
        alter column type drop not null,
        add column subject_id uuid,
        add column subject_version integer check (subject_version >= 1),
        add column other_id uuid,
        add column other_version integer check (other_version >= 1),
        add column task_id uuid,
        add foreign key (organisation_id, project_id, subject_id)
          references raid_items (organisation_id, project_id, id) on delete set null (subject_id),
        add foreign key (organisation_id, project_id, other_id)
          references raid_items (organisation_id, project_id, id) on delete set null (other_id),
        add foreign key (organisation_id, task_id) references tasks (organisation_id, id)
          on delete set null (task_id),
        add constraint entries_have_a_type check ((kind = 'entry') = (type is not null));
      alter table ai_proposals alter column kind drop default;
      alter table ai_proposals force row level security;

      create index ai_proposals_subject on ai_proposals (organisation_id, project_id, subject_id)
        where subject_id is not null;
      create index ai_proposals_other on ai_proposals (organisation_id, project_id, other_id)
        where other_id is not null;
      create index ai_proposals_task on ai_proposals (organisation_id, task_id)
        where task_id is not null;
      grant update (task_id) on ai_proposals to orch_app;

      drop trigger told_to_audit on ai_proposals;
      ${watchTable('ai_proposals', 'ai_proposal', UNTOLD)}
    `)
  }

  async down() {
    this.schema.raw(`
      delete from ai_proposals where kind <> 'entry';
      alter table ai_proposals
        drop constraint entries_have_a_type,
        drop column kind, drop column subject_id, drop column subject_version, drop column other_id,
        drop column other_version, drop column task_id,
        alter column type set not null;
      ${allowing('ai_invocations', ['ask', 'raid_draft'])}
      ${allowing('ai_interactions', ['ask', 'raid_draft'])}
    `)
  }
}

function allowing(table: string, features: string[]) {
  const named = features.map((feature) => `'${feature}'`).join(', ')
  return `
    alter table ${table} drop constraint ${table}_feature_check;
    alter table ${table} add constraint ${table}_feature_check check (feature in (${named}));`
}
