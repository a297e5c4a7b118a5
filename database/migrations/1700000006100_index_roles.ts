import { BaseSchema } from '@adonisjs/lucid/schema'

/** The list of members names the roles of each person; a project's list walks its roles in order. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create index projects_manager on projects (organisation_id, manager_id);
      create index projects_sponsor on projects (organisation_id, sponsor_id);
      create index project_members_page on project_members (organisation_id, project_id, id);
    `)
  }

  async down() {
    this.schema.raw('drop index projects_manager, projects_sponsor, project_members_page')
  }
}
