import { BaseSchema } from '@adonisjs/lucid/schema'
import { findByWords } from '#database/word_index'

/** What the search over everything reads of status reports. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table status_reports add column words tsvector not null generated always as (
        setweight(to_tsvector('simple', coalesce(summary, '')), 'A') ||
        to_tsvector('simple', coalesce(achieved, '') || ' ' || coalesce(planned, '') || ' ' ||
          coalesce(budget, ''))) stored;
      create index status_reports_words on status_reports using gin (organisation_id, words);
      create policy directory on status_reports for select to orch_directory using (true);
      grant select on status_reports to orch_directory;
    `)
    this.schema.raw(findByWords('status_reports', 'report_matches'))
  }

  async down() {
    this.schema.raw(`
      drop function public.report_matches(text, integer);
      revoke select on status_reports from orch_directory;
      drop policy directory on status_reports;
      drop index status_reports_words;
      alter table status_reports drop column words;
    `)
  }
}
