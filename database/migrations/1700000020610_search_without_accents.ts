import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Makes the words anew of what was written before: of rows with letters beyond ASCII only, since no other has accents,
 * and for one organisation at a time, so that nobody waits long for a row.
 */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    this.schema.raw(FOLD)
    this.schema.raw('reindex index concurrently task_attachments_words')
    this.schema.raw('reindex index concurrently gate_evidence_words')
  }
}

/** A published report keeps its text, so the guard against changing it is passed as a redaction passes it. */
const FOLD = `
  do $$
  declare
    organisations uuid[];
    organisation uuid;
    searched text;
  begin
    alter table organisations no force row level security;
    organisations := array(select id from organisations);
    alter table organisations force row level security;
    commit;
    foreach organisation in array organisations loop
      perform set_config('app.organisation_id', organisation::text, true),
        set_config('privacy.redaction', 'on', true);
      foreach searched in array array['raid_items', 'tasks', 'gates', 'status_reports', 'projects', 'comments'] loop
        execute format('update %I set words = words where words::text ~ ''[^\\x01-\\x7f]''', searched);
      end loop;
      commit;
    end loop;
  end $$;`
