import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * More that the assistant may propose: the words of a field of a status report, a question about a gate, and
 * that an assumption needs attention. What a report's newest proposals are is looked up by the call.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ${allowing(['entry', 'action', 'merge', 'report_field', 'gate_question', 'assumption'])}
      create index ai_interactions_newest on ai_interactions
        (organisation_id, membership_id, project_id, feature, asked_at);
    `)
  }

  async down() {
    this.schema.raw(`
      drop index ai_interactions_newest;
      delete from ai_proposals where kind in ('report_field', 'gate_question', 'assumption');
      ${allowing(['entry', 'action', 'merge'])}
    `)
  }
}

function allowing(kinds: string[]) {
  const named = kinds.map((kind) => `'${kind}'`).join(', ')
  return `
    alter table ai_proposals drop constraint ai_proposals_kind_check;
    alter table ai_proposals add constraint ai_proposals_kind_check check (kind in (${named}));`
}
