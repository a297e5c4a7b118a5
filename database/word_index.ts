/**
 * SQL for a function that finds rows by the words of a table: a column, or an expression that an index holds. Text search is not leakproof, so that the index
 * is out of reach under row level security: this narrow function reaches it and answers ids of the active
 * organisation only. Null stands for a common word, one that several of the latest rows hold: the index
 * would be read to the end for it, where walking any sorted list soon meets a page of them.
 */
export function findByWords(table: string, name: string, words = 'words', language = 'simple') {
  return `
    create function public.${name}(p_query text, p_limit integer) returns uuid[]
    language plpgsql stable security definer set search_path = public, pg_temp as $$
    declare
      wanted tsquery := to_tsquery('${language}', p_query);
      organisation uuid := app_organisation();
    begin
      if (select count(*) from (select ${words} as words from ${table} where organisation_id = organisation
            order by id desc limit 400) latest where words @@ wanted) >= 20 then
        return null;
      end if;
      -- Materialized, because for the sake of the limit alone the whole table would be read.
      return array(
        with found as materialized (
          select id from ${table} where organisation_id = organisation and ${words} @@ wanted)
        select id from found limit p_limit);
    end $$;
    ${givenToDirectory(`public.${name}(text, integer)`)}`
}

/**
 * SQL for a function that finds rows whose text is like what was typed, the likest first: for words that
 * were mistyped. As above, of the active organisation only. Needs an index on \`text\` with gin_trgm_ops.
 */
export function findByLikeness(table: string, name: string, text: string) {
  return `
    create function public.${name}(p_text text, p_limit integer) returns uuid[]
    language plpgsql stable security definer set search_path = public, pg_temp as $$
    begin
      perform set_config('pg_trgm.word_similarity_threshold', '0.5', true);
      return array(
        with found as materialized (
          select id, word_similarity(p_text, ${text}) as likeness from ${table}
           where organisation_id = app_organisation() and ${text} %> p_text)
        select id from found order by likeness desc, id desc limit p_limit);
    end $$;
    ${givenToDirectory(`public.${name}(text, integer)`)}`
}

/** Scripts that leave no blank between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese. */
const UNPARTED =
  '[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff]'

/**
 * SQL that makes such a function anew, so that it finds what was typed in a script without blanks wherever it stands in
 * a text: there is no word that begins with it. The rows of the organisation are looked through, which no index of three
 * letters can help.
 */
export function findWithin(table: string, name: string, text: string) {
  return findLikenessAnew(table, name, text).replace(
    'begin\n',
    `begin
      if p_text ~ '${UNPARTED}' then
        return array(select id from ${table} where organisation_id = app_organisation()
          and strpos(${text}, p_text) > 0 order by id desc limit p_limit);
      end if;\n`
  )
}

/** The function of `findByWords` in place of what bears its name, for words in the text search configuration `language`. */
export function findByWordsAnew(table: string, name: string, words: string, language: string) {
  return `drop function public.${name}(text, integer);${findByWords(table, name, words, language)}`
}

/** The function of `findByLikeness` in place of what bears its name: only its owner may replace one. */
export function findLikenessAnew(table: string, name: string, text: string) {
  return `drop function public.${name}(text, integer);${findByLikeness(table, name, text)}`
}

/** The role that may look past row level security owns the function, and only the application calls it. */
function givenToDirectory(signature: string) {
  return `
    revoke all on function ${signature} from public;
    grant execute on function ${signature} to orch_app;
    grant create on schema public to orch_directory;
    alter function ${signature} owner to orch_directory;
    revoke create on schema public from orch_directory;`
}
