import { BaseSchema } from '@adonisjs/lucid/schema'

const DUE = `coalesce(due_on, 'infinity'::date)`
const OPEN = `status in ('todo', 'in_progress', 'blocked')`

/** What lists of tasks sort by and search in, with an index for each sort: of one project, and of all. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table tasks
        add column status_rank smallint not null generated always as (case status
          when 'blocked' then 1 when 'in_progress' then 2 when 'todo' then 3 when 'done' then 4 else 5 end) stored,
        add column priority_rank smallint not null generated always as (case priority
          when 'critical' then 4 when 'high' then 3 when 'medium' then 2 else 1 end) stored,
        add column words tsvector not null generated always as (
          setweight(to_tsvector('simple', title), 'A') ||
          to_tsvector('simple', left(coalesce(description, '') || ' ' || coalesce(assignee_label, ''), 100000))
        ) stored;

      drop index tasks_due;
      drop index tasks_status;
      create index tasks_due on tasks (organisation_id, project_id, (${DUE}), number);
      create index tasks_open_due on tasks (organisation_id, project_id, (${DUE}), number) where ${OPEN};
      create index tasks_title on tasks (organisation_id, project_id, title, number);
      create index tasks_status on tasks (organisation_id, project_id, status_rank, number);
      create index tasks_priority on tasks (organisation_id, project_id, priority_rank, number);
      create index tasks_updated on tasks (organisation_id, project_id, updated_at, number);
      -- The board shows each status by itself: what is open by its day, what is settled by its last change.
      create index tasks_board on tasks (organisation_id, project_id, status, (${DUE}), number);
      create index tasks_settled on tasks (organisation_id, project_id, status, updated_at, number)
        where not (${OPEN});
      create index tasks_all_due on tasks (organisation_id, (${DUE}), id);
      create index tasks_all_open_due on tasks (organisation_id, (${DUE}), id) where ${OPEN};
      create index tasks_all_title on tasks (organisation_id, title, id);
      create index tasks_all_status on tasks (organisation_id, status_rank, id);
      create index tasks_all_priority on tasks (organisation_id, priority_rank, id);
      create index tasks_all_updated on tasks (organisation_id, updated_at, id);
      -- What a project's figures are counted from, without a look at its tasks.
      create index tasks_counts on tasks (organisation_id, project_id, status, assignee_id, external_resource_id)
        include (raid_item_id, created_by);
      create index tasks_words on tasks using gin (organisation_id, words);

      create policy directory on tasks for select to orch_directory using (true);
      grant select on tasks to orch_directory;

      -- As raid_matches: the words index is out of reach under row level security, and null stands for a
      -- common word.
      create function public.task_matches(p_query text, p_limit integer) returns uuid[]
      language plpgsql stable security definer set search_path = public, pg_temp as $$
      declare
        wanted tsquery := to_tsquery('simple', p_query);
        organisation uuid := app_organisation();
      begin
        if (select count(*) from (select words from tasks where organisation_id = organisation
              order by id desc limit 400) latest where words @@ wanted) >= 20 then
          return null;
        end if;
        -- Materialized, because for the sake of the limit alone the whole table would be read.
        return array(
          with found as materialized (
            select id from tasks where organisation_id = organisation and words @@ wanted)
          select id from found limit p_limit);
      end $$;
      revoke all on function public.task_matches(text, integer) from public;
      grant execute on function public.task_matches(text, integer) to orch_app;
      grant create on schema public to orch_directory;
      alter function public.task_matches(text, integer) owner to orch_directory;
      revoke create on schema public from orch_directory;
    `)
  }

  async down() {
    this.schema.raw(`
      drop function public.task_matches(text, integer);
      drop policy directory on tasks;
      drop index tasks_words, tasks_counts, tasks_all_updated, tasks_all_priority, tasks_all_status,
        tasks_all_title, tasks_all_open_due, tasks_all_due, tasks_settled, tasks_board, tasks_updated,
        tasks_priority, tasks_title, tasks_open_due;
      alter table tasks drop column words, drop column priority_rank, drop column status_rank;
    `)
  }
}
