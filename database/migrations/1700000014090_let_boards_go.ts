import { BaseSchema } from '@adonisjs/lucid/schema'

/** A project that takes up another lifecycle lets its gates go, and with them who was to decide them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('grant delete on gate_boards to orch_app')
  }

  async down() {
    this.schema.raw('revoke delete on gate_boards from orch_app')
  }
}
