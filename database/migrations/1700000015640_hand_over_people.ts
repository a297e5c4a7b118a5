import { BaseSchema } from '@adonisjs/lucid/schema'

/** A request to erase also comes about because the only organisation of an account was erased. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table privacy_requests drop constraint privacy_requests_channel_check,
        add constraint privacy_requests_channel_check
          check (channel in ('profile', 'web', 'mail', 'telephone', 'organisation'));
    `)
  }
}
