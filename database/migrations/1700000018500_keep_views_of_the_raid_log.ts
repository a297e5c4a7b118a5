import { BaseSchema } from '@adonisjs/lucid/schema'

/** What somebody looks at in the RAID log across projects is kept beside their views of the portfolio. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table portfolio_views add column list text not null default 'portfolio'
        check (list in ('portfolio', 'raid'))
    `)
  }

  async down() {
    this.schema.raw('alter table portfolio_views drop column list')
  }
}
