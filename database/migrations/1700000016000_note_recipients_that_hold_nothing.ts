import { BaseSchema } from '@adonisjs/lucid/schema'

/** A recipient who holds nothing of the person need not be told, which is something else than that it is impossible. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(outcomes("'informed', 'nothing_held', 'impossible'"))
  }

  async down() {
    this.schema.raw(outcomes("'informed', 'impossible'"))
  }
}

const outcomes = (allowed: string) => `
  alter table privacy_request_recipients
    drop constraint privacy_request_recipients_outcome_check,
    add constraint privacy_request_recipients_outcome_check check (outcome in (${allowed}))
`
