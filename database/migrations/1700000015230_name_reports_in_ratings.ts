import { BaseSchema } from '@adonisjs/lucid/schema'

/** A declared rating names the report that declared it. */
export default class extends BaseSchema {
  /** The key is checked under the table's policy, which raises where no organisation is set. */
  async up() {
    this.schema.raw(`
      alter table project_ratings no force row level security;
      alter table project_ratings add foreign key (organisation_id, project_id, report_id)
        references status_reports (organisation_id, project_id, id);
      alter table project_ratings force row level security;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table project_ratings
        drop constraint project_ratings_organisation_id_project_id_report_id_fkey;
    `)
  }
}
