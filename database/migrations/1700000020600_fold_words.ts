import { BaseSchema } from '@adonisjs/lucid/schema'
import { findByWordsAnew } from '#database/word_index'

/**
 * Words whatever their accents: "cafe" for "café", "strasse" for "Straße". A column that the database computes could be
 * computed otherwise only by writing its whole table anew, so a trigger makes the words from now on. The next migration
 * makes those that are there already.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(FOLDED)
    this.schema.raw(UNTOLD)
    for (const [table, { words, from }] of Object.entries(TABLES)) {
      this.schema.raw(keepWords(table, words, from))
    }
    this.schema.raw(FILE_WORDS)
    for (const [table, name, words] of FINDERS) {
      this.schema.raw(findByWordsAnew(table, name, words, 'public.folded'))
    }
  }
}

/** The dictionary is named, so that no search path chooses another. */
const FOLDED = `
  create extension if not exists unaccent with schema public;
  create text search configuration public.folded (copy = pg_catalog.simple);
  alter text search configuration public.folded
    alter mapping for word, numword, hword, hword_part, numhword, hword_numpart, file, host
    with public.unaccent, pg_catalog.simple;
  create function public.folded(p_text text) returns text
  language sql immutable parallel safe as $$ select public.unaccent('public.unaccent', lower(p_text)) $$;

  -- What weighs more stands in titles.
  create function public.folded_words(p_title text, p_text text) returns tsvector
  language sql immutable parallel safe as $$
    select setweight(to_tsvector('public.folded', coalesce(p_title, '')), 'A') ||
      to_tsvector('public.folded', left(coalesce(p_text, ''), 100000))
  $$;`

/** As before, but that words follow what they are made of, so that they are told with it. */
const UNTOLD = `
  create or replace function audit.require_event() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare
    changed jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
    untold text[] := tg_argv[1:] || 'words'::text;
  begin
    if tg_op = 'UPDATE' and changed - untold = to_jsonb(old) - untold then
      return null;
    end if;
    if tg_op <> 'INSERT' and audit.removal_in((changed->>'organisation_id')::uuid) is not null then
      return null;
    end if;
    if not exists (
      select from (
        select txid from audit.events
        where organisation_id = (changed->>'organisation_id')::uuid
          and entity_type = tg_argv[0] and entity_id = (changed->>'id')::uuid
        order by seq desc limit 10
      ) recent where recent.txid = audit.txid()
    ) then
      raise exception '% of % % has no audit event in its transaction',
        lower(tg_op), tg_argv[0], changed->>'id' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;`

/** What the words of each table are made of, as before, and a change of which columns makes them anew. */
const TABLES: Record<string, { words: string; from: string[] }> = {
  raid_items: of('title', [
    'description',
    'cause',
    'event',
    'effect',
    'response_plan',
    'resolution',
    'rationale',
    'options',
    'counterpart_name',
    'owner_label',
  ]),
  tasks: of('title', ['description', 'assignee_label']),
  gates: of('name', ['purpose']),
  status_reports: of('summary', ['achieved', 'planned', 'budget']),
  projects: {
    words: `folded_words(new.code || ' ' || new.name, new.description)`,
    from: ['code', 'name', 'description'],
  },
  comments: {
    words: `to_tsvector('public.folded', regexp_replace(new.body, '@\\{member:[0-9a-f-]+\\}', '', 'g'))`,
    from: ['body'],
  },
}

function of(title: string, texts: string[]) {
  const text = texts.map((column) => `coalesce(new.${column}, '')`).join(` || ' ' || `)
  return { words: `folded_words(new.${title}, ${text})`, from: [title, ...texts] }
}

function keepWords(table: string, words: string, from: string[]) {
  return `
    alter table ${table} alter column words drop expression;
    alter table ${table} alter column words set default '';
    create function public.fold_${table}() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
    begin
      new.words := ${words};
      return new;
    end $$;
    create trigger fold before insert or update of words, ${from.join(', ')} on ${table}
      for each row execute function fold_${table}();`
}

/** As before: "site-survey_2026.pdf" is three words, and not taken for an address. */
const FILE_WORDS = `
  create or replace function public.file_words(p_name text) returns tsvector
  language sql immutable parallel safe as $$
    select to_tsvector('public.folded',
      regexp_replace(normalize(p_name), '[\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e]+', ' ', 'g'))
  $$;`

const FINDERS = [
  ['raid_items', 'raid_matches', 'words'],
  ['tasks', 'task_matches', 'words'],
  ['comments', 'comment_matches', 'words'],
  ['gates', 'gate_matches', 'words'],
  ['projects', 'project_matches', 'words'],
  ['status_reports', 'report_matches', 'words'],
  ['task_attachments', 'attachment_matches', 'file_words(name)'],
  ['gate_evidence', 'evidence_matches', 'file_words(name)'],
]
