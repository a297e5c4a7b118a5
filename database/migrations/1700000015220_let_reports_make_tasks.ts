import { BaseSchema } from '@adonisjs/lucid/schema'

/** A task may answer what a published report asks for. */
export default class extends BaseSchema {
  /** The key is checked under the table's policy, which raises where no organisation is set. */
  async up() {
    this.schema.raw(`
      alter table tasks no force row level security;
      alter table tasks add column status_report_id uuid,
        add foreign key (organisation_id, project_id, status_report_id)
          references status_reports (organisation_id, project_id, id),
        drop constraint one_source,
        add constraint one_source check (
          (source_kind = 'raid_item') = (raid_item_id is not null)
          and (source_kind = 'gate_condition') = (gate_condition_id is not null)
          and (source_kind = 'report') = (status_report_id is not null));
      alter table tasks force row level security;
      create index tasks_status_report on tasks (organisation_id, status_report_id, id)
        where status_report_id is not null;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table tasks drop constraint one_source, drop column status_report_id,
        add constraint one_source check (
          (source_kind = 'raid_item') = (raid_item_id is not null)
          and (source_kind = 'gate_condition') = (gate_condition_id is not null));
    `)
  }
}
