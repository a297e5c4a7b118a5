import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A published report is sealed as a gate pack is: where a name is taken out of it, the event of the redaction
 * leads from the hash that it had to the hash of what is left.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(RESEALING)
    this.schema.raw(
      REDACTING(`case p_table when 'gate_pack_sections' then 'body'
      when 'status_report_publications' then 'body' when 'gate_decisions' then 'record' end`)
    )
  }

  async down() {
    this.schema.raw(
      REDACTING(
        `case p_table when 'gate_pack_sections' then 'body' when 'gate_decisions' then 'record' end`
      )
    )
  }
}

const RESEALING = `
  create or replace function privacy.reseal(
    p_table text, p_id uuid, p_pattern text, p_label text, p_source uuid
  ) returns void language plpgsql volatile set search_path = public, pg_temp as $$
  declare
    organisation uuid := app_organisation();
    subject record;
    fresh text;
  begin
    if p_table = 'gate_pack_sections' then
      select s.body, 'gate_review' as type, r.id, r.project_id, 'gate_pack.redacted' as action
        into subject from gate_pack_sections s join gate_reviews r
          on r.organisation_id = s.organisation_id and r.id = s.review_id
       where s.organisation_id = organisation and s.id = p_id for update of s;
    elsif p_table = 'status_report_publications' then
      select p.body, 'status_report' as type, r.id, r.project_id, 'status_report.redacted' as action
        into subject from status_report_publications p join status_reports r
          on r.organisation_id = p.organisation_id and r.id = p.report_id
       where p.organisation_id = organisation and p.id = p_id for update of p;
    else
      select d.record as body, 'gate_decision' as type, d.id, d.project_id, 'gate_decision.redacted' as action
        into subject from gate_decisions d
       where d.organisation_id = organisation and d.id = p_id for update;
    end if;
    fresh := regexp_replace(
      regexp_replace(subject.body, p_pattern, p_label, 'gi'),
      '"salt":"[0-9a-f]+"', '"salt":"redacted"');
    if fresh = subject.body then return; end if;
    perform audit.record(organisation, subject.project_id, 'system', null, subject.action, subject.type,
      subject.id, nullif(current_setting('app.request_id', true), ''),
      jsonb_build_object('source', p_source,
        'former', encode(sha256(convert_to(subject.body, 'UTF8')), 'hex'),
        'seal', encode(sha256(convert_to(fresh, 'UTF8')), 'hex')), '{}');
    if p_table = 'gate_pack_sections' then
      update gate_pack_sections s set body = fresh, updated_at = now()
       where s.organisation_id = organisation and s.id = p_id;
    elsif p_table = 'status_report_publications' then
      update status_report_publications p set body = fresh, updated_at = now()
       where p.organisation_id = organisation and p.id = p_id;
    else
      update gate_decisions d set record = fresh, updated_at = now()
       where d.organisation_id = organisation and d.id = p_id;
    end if;
  end $$;
`

const REDACTING = (sealed: string) => `
  create or replace function privacy.redact(
    p_table text, p_id uuid, p_columns text[], p_pattern text, p_label text, p_source uuid
  ) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  declare
    sealed text := ${sealed};
    plain text[] := array_remove(p_columns, sealed);
    unfit text[] := array(select name from unnest(p_columns) name
      where privacy.type_of(p_table, name) not in ('text', 'character varying', 'citext', 'json', 'jsonb', 'text[]'));
  begin
    if not privacy.is_of_tenants(p_table) or cardinality(unfit) > 0 then
      raise exception 'no text to redact in % %', p_table, unfit using errcode = 'insufficient_privilege';
    end if;
    perform set_config('privacy.redaction', 'on', true);
    if sealed = any (p_columns) then
      perform privacy.reseal(p_table, p_id, p_pattern, p_label, p_source);
    end if;
    if cardinality(plain) > 0 then
      perform privacy.tell(p_table, array[p_id], 'redacted', p_source);
      begin
        perform privacy.replace(p_table, p_id, plain, p_pattern, p_label);
      exception when check_violation then
        -- The code alone is never longer than a name that is searched for.
        perform privacy.replace(p_table, p_id, plain, p_pattern, regexp_replace(p_label, '^.* ', ''));
      end;
    end if;
    perform set_config('privacy.redaction', 'off', true);
  end $$;
`
