import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardSettings, SETTINGS_ROW } from '../organisation_settings.js'

const FIVE = (column: string, values: string) => `${column} text[] not null default '${values}'
  check (array_length(${column}, 1) = 5 and array_position(${column}, null) is null)`
const LABELS = '{Very low,Low,Medium,High,Very high}'
const SILENT = '{"","","","",""}'

/**
 * The organisation's own bands, appetite and stops. The rating of issues depended on fixed bands, which a
 * generated column can hold; from now on it is worked out when an issue is written, and anew by a job
 * after the bands changed. The column keeps its values, and its indexes.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table raid_scoring (
        medium_from smallint not null default 5,
        high_from smallint not null default 10,
        severe_from smallint not null default 20,
        appetite smallint not null default 9 check (appetite between 0 and 25),
        ${FIVE('likelihood_labels', LABELS)},
        ${FIVE('impact_labels', LABELS)},
        ${FIVE('likelihood_meanings', SILENT)},
        ${FIVE('impact_meanings', SILENT)},
        check (1 < medium_from and medium_from < high_from and high_from < severe_from
          and severe_from <= 25),
        ${SETTINGS_ROW}
      );
    `)
    this.schema.raw(guardSettings(['raid_scoring'], ['gate_defaults', 'raid_scoring']))
    this.schema.raw(watchTable('raid_scoring', 'raid_scoring', [], ['update', 'delete']))
    this.schema.raw(RATINGS)
    this.schema.raw(SETTINGS)
  }
}

/**
 * Changing the bands waits for those who are writing issues, and they wait for it: nobody commits a
 * rating by bands that have gone. The lock is on the organisation's bands as such, since a row of items
 * may be locked already by whoever waits here.
 */
const RATINGS = `
  create function public.hold_ratings() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended(new.organisation_id::text, 9120));
    return new;
  end $$;
  create trigger hold_ratings before update of medium_from, high_from, severe_from on raid_scoring
    for each row execute function hold_ratings();

  create function public.issue_rating(product integer, override text, bands raid_scoring)
  returns integer language sql immutable set search_path = public, pg_temp as $$
    select 100 * case override
        when 'critical' then 4 when 'high' then 3 when 'medium' then 2 when 'low' then 1
        else case when product >= coalesce(bands.severe_from, 20) then 4
                  when product >= coalesce(bands.high_from, 10) then 3
                  when product >= coalesce(bands.medium_from, 5) then 2
                  when product >= 1 then 1 else 0 end
      end + coalesce(product, 0)
  $$;

  create function public.rate_raid_item() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  declare
    product integer := new.severity * new.urgency;
    bands raid_scoring;
  begin
    if new.type = 'issue' and new.priority_override is null and product is not null then
      perform pg_advisory_xact_lock_shared(hashtextextended(new.organisation_id::text, 9120));
      select * into bands from raid_scoring where organisation_id = new.organisation_id;
    end if;
    new.rating := coalesce(case new.type
      when 'risk' then new.current_likelihood * new.current_impact
      when 'assumption' then new.impact_if_false * 4
        + case new.confidence when 'low' then 3 when 'medium' then 2 else 1 end
      when 'issue' then issue_rating(product, new.priority_override, bands)
    end, 0);
    return new;
  end $$;

  alter table raid_items alter column rating drop expression;
  alter table raid_items alter column rating set default 0;
  create trigger rate before insert or update of type, current_likelihood, current_impact,
      impact_if_false, confidence, severity, urgency, priority_override on raid_items
    for each row execute function rate_raid_item();`

const SETTINGS = `
  create or replace function public.app_settings() returns jsonb
  language plpgsql volatile set search_path = public, pg_temp as $$
  begin
    return (select jsonb_build_object(
        'timeZone', o.time_zone,
        'scoring', jsonb_build_object(
          'mediumFrom', s.medium_from, 'highFrom', s.high_from, 'severeFrom', s.severe_from,
          'appetite', s.appetite, 'likelihood', s.likelihood_labels, 'impact', s.impact_labels))
      from organisations o join raid_scoring s on s.organisation_id = o.id
      where o.id = app_organisation());
  end $$;`
