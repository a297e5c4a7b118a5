import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

const scale = (column: string) => `${column} smallint check (${column} between 1 and 5)`

const SEARCHED = [
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
]

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table raid_items (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        type text not null check (type in ('risk', 'assumption', 'issue', 'dependency', 'decision')),
        number integer not null,
        title text not null check (length(title) between 1 and 200),
        description text,
        status text not null,
        owner_id uuid,
        owner_label text,
        raised_on date,
        due_on date,
        next_review_on date,
        closed_on date,
        escalation text not null default 'project'
          check (escalation in ('project', 'programme', 'organisation')),
        sensitivity text not null default 'normal'
          check (sensitivity in ('normal', 'project_leads', 'named_people')),

        nature text check (nature in ('threat', 'opportunity')),
        cause text,
        event text,
        effect text,
        category text check (category in ('business', 'technology', 'people_organisation',
          'external_supplier', 'legal', 'financial', 'security_privacy')),
        ${scale('inherent_likelihood')}, ${scale('inherent_impact')},
        ${scale('current_likelihood')}, ${scale('current_impact')},
        ${scale('target_likelihood')}, ${scale('target_impact')},
        proximity text check (proximity in ('imminent', 'this_stage', 'within_project', 'beyond')),
        trigger_on date,
        response text check (response in ('avoid', 'reduce', 'transfer', 'share', 'accept', 'prepare',
          'exploit', 'enhance', 'reject')),
        response_plan text,
        actionee_id uuid,
        actionee_label text,
        accepted_by uuid,
        accepted_on date,

        ${scale('impact_if_false')},
        confidence text check (confidence in ('low', 'medium', 'high')),
        validation_method text,

        issue_kind text check (issue_kind in ('problem_concern', 'request_for_change', 'off_specification')),
        ${scale('severity')}, ${scale('urgency')},
        priority_override text check (priority_override in ('low', 'medium', 'high', 'critical')),
        priority_reason text,
        resolution text,

        direction text check (direction in ('inbound', 'outbound')),
        counterpart_kind text
          check (counterpart_kind in ('project', 'team', 'external_resource', 'organisation')),
        counterpart_name text,
        counterpart_project_id uuid,
        promised_on date,

        options text,
        rationale text,
        decider_id uuid,
        decider_label text,
        decided_on date,

        rating smallint not null generated always as (coalesce(case type
          when 'risk' then current_likelihood * current_impact
          when 'assumption' then impact_if_false * 4 + case confidence when 'low' then 3 when 'medium' then 2 else 1 end
          when 'issue' then 100 * case priority_override
              when 'critical' then 4 when 'high' then 3 when 'medium' then 2 when 'low' then 1
              else case when severity * urgency >= 20 then 4 when severity * urgency >= 10 then 3
                        when severity * urgency >= 5 then 2 when severity * urgency >= 1 then 1 else 0 end
            end + severity * urgency
        end, 0)) stored,
        words tsvector not null generated always as (
          setweight(to_tsvector('simple', title), 'A') ||
          to_tsvector('simple', left(${SEARCHED.map((column) => `coalesce(${column}, '')`).join(` || ' ' || `)}, 100000))
        ) stored,

        import_id uuid,
        lock_version integer not null default 1,
        created_by uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),

        primary key (organisation_id, id),
        unique (organisation_id, project_id, type, number),
        unique (organisation_id, project_id, id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id),
        foreign key (organisation_id, counterpart_project_id) references projects (organisation_id, id),
        foreign key (organisation_id, import_id) references imports (organisation_id, id),
        foreign key (organisation_id, owner_id) references memberships (organisation_id, id),
        foreign key (organisation_id, actionee_id) references memberships (organisation_id, id),
        foreign key (organisation_id, accepted_by) references memberships (organisation_id, id),
        foreign key (organisation_id, decider_id) references memberships (organisation_id, id),
        foreign key (organisation_id, created_by) references memberships (organisation_id, id),
        check (status = any (case type
          when 'risk' then array['draft', 'open', 'treating', 'monitoring', 'closed', 'realised', 'rejected']
          when 'assumption' then array['unvalidated', 'validating', 'validated', 'invalidated', 'retired']
          when 'issue' then array['open', 'in_progress', 'on_hold', 'resolved', 'closed']
          when 'dependency' then array['proposed', 'agreed', 'at_risk', 'met', 'missed', 'cancelled']
          else array['proposed', 'decided', 'superseded'] end)),
        check (type <> 'risk' or nature is not null),
        check (type <> 'issue' or issue_kind is not null),
        check (type <> 'dependency' or direction is not null),
        check (priority_override is null or priority_reason is not null)
      );
      create index raid_items_rating on raid_items (organisation_id, project_id, type, rating, number);
      create index raid_items_due on raid_items
        (organisation_id, project_id, type, (coalesce(due_on, 'infinity'::date)), number);
      create index raid_items_updated on raid_items (organisation_id, project_id, type, updated_at, number);
      create index raid_items_title on raid_items (organisation_id, project_id, type, title, number);
      create index raid_items_status on raid_items (organisation_id, project_id, type, status, number);
      create index raid_items_all_rating on raid_items (organisation_id, type, rating, id);
      create index raid_items_all_due on raid_items
        (organisation_id, type, (coalesce(due_on, 'infinity'::date)), id);
      create index raid_items_all_updated on raid_items (organisation_id, type, updated_at, id);
      create index raid_items_all_ref on raid_items (organisation_id, type, number, id);
      create index raid_items_all_title on raid_items (organisation_id, type, title, id);
      create index raid_items_all_status on raid_items (organisation_id, type, status, id);
      create index raid_items_owner on raid_items (organisation_id, owner_id) where owner_id is not null;
      create index raid_items_import on raid_items (organisation_id, import_id) where import_id is not null;
      -- What a project's figures are counted from, without a look at its items.
      create index raid_items_counts on raid_items (organisation_id, project_id, type, owner_id)
        include (id, status, rating, due_on, sensitivity, created_by);
      create index raid_items_words on raid_items using gin (organisation_id, words);

      create table raid_readers (
        organisation_id uuid not null,
        id uuid not null,
        raid_item_id uuid not null,
        membership_id uuid not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, raid_item_id, membership_id),
        foreign key (organisation_id, raid_item_id) references raid_items (organisation_id, id) on delete cascade,
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id)
      );

      create table raid_links (
        organisation_id uuid not null,
        id uuid not null,
        from_id uuid not null,
        to_id uuid not null,
        kind text not null check (kind in ('realised_as', 'invalidated_by', 'relates_to')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, from_id, to_id, kind),
        foreign key (organisation_id, from_id) references raid_items (organisation_id, id) on delete cascade,
        foreign key (organisation_id, to_id) references raid_items (organisation_id, id) on delete cascade
      );
      create index raid_links_to on raid_links (organisation_id, to_id);

      create table comments (
        organisation_id uuid not null,
        id uuid not null,
        raid_item_id uuid not null,
        author_id uuid not null,
        body text not null check (length(body) between 1 and 10000),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, raid_item_id) references raid_items (organisation_id, id) on delete cascade,
        foreign key (organisation_id, author_id) references memberships (organisation_id, id)
      );
      create index comments_item on comments (organisation_id, raid_item_id, id);

      create policy directory on raid_items for select to orch_directory using (true);
      grant select on raid_items to orch_directory;

      -- The words index is out of reach under row level security, because text search is not leakproof.
      -- This narrow function reaches it and answers ids of the active organisation only.
      -- Null stands for a common word: one that several of the latest items hold. The index would be read to
      -- the end for it, where walking any sorted list soon meets a page of them.
      create function public.raid_matches(p_query text, p_limit integer) returns uuid[]
      language plpgsql stable security definer set search_path = public, pg_temp as $$
      declare
        wanted tsquery := to_tsquery('simple', p_query);
        organisation uuid := app_organisation();
      begin
        if (select count(*) from (select words from raid_items where organisation_id = organisation
              order by id desc limit 400) latest where words @@ wanted) >= 20 then
          return null;
        end if;
        -- Materialized, because for the sake of the limit alone the whole table would be read.
        return array(
          with found as materialized (
            select id from raid_items where organisation_id = organisation and words @@ wanted)
          select id from found limit p_limit);
      end $$;
      revoke all on function public.raid_matches(text, integer) from public;
      grant execute on function public.raid_matches(text, integer) to orch_app;
      grant create on schema public to orch_directory;
      alter function public.raid_matches(text, integer) owner to orch_directory;
      revoke create on schema public from orch_directory;

      grant select, insert, update, delete on raid_items, raid_readers, raid_links, comments to orch_app;
    `)
    this.schema.raw(guardTenantTables('raid_items', 'raid_readers', 'raid_links', 'comments'))
  }
}
