import { BaseSchema } from '@adonisjs/lucid/schema'

/** The history of a project's ratings, whatever their dimension, is read page by page. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create index project_ratings_history on project_ratings
        (organisation_id, project_id, declared_at desc, id desc);
    `)
  }

  async down() {
    this.schema.raw('drop index project_ratings_history')
  }
}
