import { BaseSchema } from '@adonisjs/lucid/schema'

/** Links are closed, never deleted by hand; one goes with its task, which the database sees to. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('revoke delete on task_links from orch_app')
  }

  async down() {
    this.schema.raw('grant delete on task_links to orch_app')
  }
}
