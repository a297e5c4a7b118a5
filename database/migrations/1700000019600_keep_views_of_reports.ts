import { BaseSchema } from '@adonisjs/lucid/schema'

/** What somebody looks at in the reports across projects is kept like views of the other lists. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table portfolio_views drop constraint portfolio_views_list_check,
        add constraint portfolio_views_list_check check (list in ('portfolio', 'raid', 'reports')) not valid;
      alter table portfolio_views validate constraint portfolio_views_list_check;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table portfolio_views drop constraint portfolio_views_list_check,
        add constraint portfolio_views_list_check check (list in ('portfolio', 'raid')) not valid;
    `)
  }
}
