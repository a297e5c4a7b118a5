import { BaseSchema } from '@adonisjs/lucid/schema'
import { findByLikeness, findByWords } from '#database/word_index'

/** What the search reads of files of tasks and evidence of gates: their names. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(WORDS)
    this.schema.raw(`
      create policy directory on task_attachments for select to orch_directory using (true);
      create policy directory on gate_evidence for select to orch_directory using (true);
      grant select (organisation_id, id, name) on task_attachments, gate_evidence to orch_directory;
    `)
    for (const [table, matches, alike] of SEARCHED) {
      this.schema.raw(findByWords(table, matches, 'file_words(name)'))
      this.schema.raw(findByLikeness(table, alike, 'lower(name)'))
    }
  }

  async down() {
    for (const [, matches, alike] of SEARCHED) {
      this.schema.raw(`drop function public.${alike}(text, integer)`)
      this.schema.raw(`drop function public.${matches}(text, integer)`)
    }
    this.schema.raw(`
      revoke select (organisation_id, id, name) on task_attachments, gate_evidence from orch_directory;
      drop policy directory on gate_evidence;
      drop policy directory on task_attachments;
      drop function public.file_words(text);
    `)
  }
}

const SEARCHED = [
  ['task_attachments', 'attachment_matches', 'attachments_like'],
  ['gate_evidence', 'evidence_matches', 'evidence_like'],
]

/**
 * The words of a file's name. Left alone, "site-survey_2026.pdf" would be taken for an address and found by its
 * beginning only; and some systems write an accent as a letter of its own.
 */
const WORDS = `
  create function public.file_words(p_name text) returns tsvector
  language sql immutable parallel safe as $$
    select to_tsvector('simple',
      regexp_replace(normalize(p_name), '[\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e]+', ' ', 'g'))
  $$;`
