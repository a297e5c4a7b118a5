import { BaseSchema } from '@adonisjs/lucid/schema'

/** People outside comment on the task whose link they have. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table comments
        alter column author_id drop not null,
        add column author_external_id uuid,
        add constraint one_author check (num_nonnulls(author_id, author_external_id) = 1) not valid,
        add constraint comments_author_external foreign key (organisation_id, author_external_id)
          references external_resources (organisation_id, id) not valid;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table comments drop column author_external_id, alter column author_id set not null;
    `)
  }
}
