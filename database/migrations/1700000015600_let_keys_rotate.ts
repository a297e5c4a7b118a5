import { BaseSchema } from '@adonisjs/lucid/schema'

/** What a request's log says is sealed anew when the key changes; nothing else of a line may change. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('grant update (text) on privacy_request_entries to orch_app')
  }

  async down() {
    this.schema.raw('revoke update (text) on privacy_request_entries from orch_app')
  }
}
