import { BaseSchema } from '@adonisjs/lucid/schema'
import { findByWordsAnew } from '#database/word_index'

/**
 * Lets the search find words whatever their accents: "cafe" finds "café", and "Strasse" finds "Straße". What the tables
 * keep of their words is made anew, so each of them is written once.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(FOLDED)
    this.schema.raw(keepWords('simple', 'folded'))
    this.schema.raw(fileWords('public.folded'))
    for (const [table, name, words] of SEARCHED) {
      this.schema.raw(findByWordsAnew(table, name, words, 'public.folded'))
    }
  }

  async down() {
    for (const [table, name, words] of SEARCHED) {
      this.schema.raw(findByWordsAnew(table, name, words, 'simple'))
    }
    this.schema.raw(fileWords('simple'))
    this.schema.raw(keepWords('folded', 'simple'))
    this.schema.raw(`
      drop text search configuration public.folded;
      drop function public.folded(text);
      drop extension unaccent;
    `)
  }
}

const SEARCHED = [
  ['raid_items', 'raid_matches', 'words'],
  ['tasks', 'task_matches', 'words'],
  ['comments', 'comment_matches', 'words'],
  ['gates', 'gate_matches', 'words'],
  ['projects', 'project_matches', 'words'],
  ['status_reports', 'report_matches', 'words'],
  ['task_attachments', 'attachment_matches', 'file_words(name)'],
  ['gate_evidence', 'evidence_matches', 'file_words(name)'],
]

/** Words of letters of one alphabet have no accents; the dictionary is named, so that no search path chooses another. */
const FOLDED = `
  create extension if not exists unaccent with schema public;
  create text search configuration public.folded (copy = pg_catalog.simple);
  alter text search configuration public.folded
    alter mapping for word, numword, hword, hword_part, numhword, hword_numpart, file, host
    with public.unaccent, pg_catalog.simple;
  create function public.folded(p_text text) returns text
  language sql immutable parallel safe as $$ select public.unaccent('public.unaccent', lower(p_text)) $$;`

/** Makes the words of each table by another configuration, with the indexes that hold them. */
function keepWords(before: string, after: string) {
  return `
  do $$
  declare
    kept record;
    definition text;
  begin
    for kept in
      select attrelid::regclass as relation, pg_get_expr(adbin, adrelid) as words,
        (select array_agg(pg_get_indexdef(indexrelid)) from pg_index
          where indrelid = attrelid and attnum = any (indkey)) as indexes
      from pg_attribute join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attname = 'words' and attgenerated = 's' and atttypid = 'tsvector'::regtype
        and attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
    loop
      execute format(
        'alter table %s drop column words, add column words tsvector not null generated always as (%s) stored',
        kept.relation, replace(kept.words, '''${before}''::regconfig', '''${after}''::regconfig'));
      foreach definition in array kept.indexes loop
        execute definition;
      end loop;
    end loop;
  end $$;`
}

/** As before, by another configuration: "site-survey_2026.pdf" is three words, and not taken for an address. */
function fileWords(language: string) {
  return `
  create or replace function public.file_words(p_name text) returns tsvector
  language sql immutable parallel safe as $$
    select to_tsvector('${language}',
      regexp_replace(normalize(p_name), '[\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e]+', ' ', 'g'))
  $$;
  reindex index task_attachments_words;
  reindex index gate_evidence_words;`
}
