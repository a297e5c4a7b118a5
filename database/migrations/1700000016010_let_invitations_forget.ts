import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'

/** That an address left with time is told by the report of retention, not by an event for each. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('drop trigger told_to_audit on invitations')
    this.schema.raw(watchTable('invitations', 'invitation', ['digest', 'deliveries', 'email']))
  }

  async down() {
    this.schema.raw('drop trigger told_to_audit on invitations')
    this.schema.raw(watchTable('invitations', 'invitation', ['digest', 'deliveries']))
  }
}
