import { BaseSchema } from '@adonisjs/lucid/schema'
import { findByLikeness, findByWords } from '#database/word_index'

/** What the search over everything reads besides the words of RAID items and tasks. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table comments add column words tsvector not null
        generated always as (to_tsvector('simple', regexp_replace(body, '@\\{member:[0-9a-f-]+\\}', '', 'g'))) stored;
      alter table gates add column words tsvector not null generated always as (
        setweight(to_tsvector('simple', name), 'A') || to_tsvector('simple', coalesce(purpose, ''))) stored;
      alter table projects add column words tsvector not null generated always as (
        setweight(to_tsvector('simple', code || ' ' || name), 'A') ||
        to_tsvector('simple', left(coalesce(description, ''), 100000))) stored;

      create index comments_words on comments using gin (organisation_id, words);
      create index comments_latest on comments (organisation_id, id);
      create index gates_words on gates using gin (organisation_id, words);
      create index projects_words on projects using gin (organisation_id, words);
      create index projects_likeness on projects using gin (organisation_id, lower(name) gin_trgm_ops);
      create index gates_likeness on gates using gin (organisation_id, lower(name) gin_trgm_ops);
      create index raid_items_likeness on raid_items using gin (organisation_id, lower(title) gin_trgm_ops);
      create index tasks_likeness on tasks using gin (organisation_id, lower(title) gin_trgm_ops);

      create policy directory on comments for select to orch_directory using (true);
      create policy directory on gates for select to orch_directory using (true);
      create policy directory on projects for select to orch_directory using (true);
      grant select on comments, gates, projects to orch_directory;
    `)
    this.schema.raw(findByWords('comments', 'comment_matches'))
    this.schema.raw(findByWords('gates', 'gate_matches'))
    this.schema.raw(findByWords('projects', 'project_matches'))
    this.schema.raw(findByLikeness('projects', 'projects_like', 'lower(name)'))
    this.schema.raw(findByLikeness('gates', 'gates_like', 'lower(name)'))
    this.schema.raw(findByLikeness('raid_items', 'raid_items_like', 'lower(title)'))
    this.schema.raw(findByLikeness('tasks', 'tasks_like', 'lower(title)'))
  }

  async down() {
    this.schema.raw(`
      drop function public.tasks_like(text, integer), public.raid_items_like(text, integer),
        public.gates_like(text, integer), public.projects_like(text, integer),
        public.project_matches(text, integer), public.gate_matches(text, integer),
        public.comment_matches(text, integer);
      revoke select on comments, gates, projects from orch_directory;
      drop policy directory on projects;
      drop policy directory on gates;
      drop policy directory on comments;
      drop index tasks_likeness, raid_items_likeness, gates_likeness, projects_likeness, projects_words,
        gates_words, comments_latest, comments_words;
      alter table projects drop column words;
      alter table gates drop column words;
      alter table comments drop column words;
    `)
  }
}
