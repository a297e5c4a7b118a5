import { BaseSchema } from '@adonisjs/lucid/schema'
import db from '@adonisjs/lucid/services/db'
import { grantJobQueue, installJobQueue } from '../job_queue.js'

/** The job queue. Its tables are made by graphile-worker, over a connection of its own. */
export default class extends BaseSchema {
  async up() {
    this.defer(async (client) => {
      const { connection } = db.manager.get(client.connectionName)!.config as any
      await installJobQueue(connection.connectionString)
    })
    this.schema.raw(grantJobQueue)
  }

  async down() {
    this.schema.raw('drop schema graphile_worker cascade')
  }
}
