import { BaseSchema } from '@adonisjs/lucid/schema'

const side = (name: string) => `
  add column ${name}_answer text check (${name}_answer in ('agreed', 'disagreed', 'date_proposed')),
  add column ${name}_reason text,
  add column ${name}_proposed_on date,
  add column ${name}_answered_by uuid,
  add column ${name}_answered_on date`

/** A dependency between two projects holds what each of them says to it, and which of them is to speak. */
export default class extends BaseSchema {
  async up() {
    // Not valid: the new columns are empty, and checking them would read as the owner, whom row security
    // binds. What was agreed before by one side alone is asked of both when it is next saved.
    this.schema.raw(`
      alter table raid_items ${side('home')}, ${side('counterpart')},
        add column awaited_side text check (awaited_side in ('home', 'counterpart')),
        add foreign key (organisation_id, home_answered_by)
          references memberships (organisation_id, id) not valid,
        add foreign key (organisation_id, counterpart_answered_by)
          references memberships (organisation_id, id) not valid,
        add constraint both_agree check (status <> 'agreed' or counterpart_project_id is null
          or (home_answer is not distinct from 'agreed'
            and counterpart_answer is not distinct from 'agreed')) not valid;
      create index raid_items_counterpart on raid_items
        (organisation_id, counterpart_project_id, status, id) where counterpart_project_id is not null;
      create index raid_items_awaited on raid_items (organisation_id, awaited_side, id)
        where awaited_side is not null;
    `)
  }

  async down() {
    const dropped = ['home', 'counterpart'].flatMap((name) =>
      ['answer', 'reason', 'proposed_on', 'answered_by', 'answered_on'].map(
        (column) => `drop column ${name}_${column}`
      )
    )
    this.schema.raw(`
      alter table raid_items drop constraint both_agree, ${dropped.join(', ')}, drop column awaited_side;
      drop index raid_items_counterpart;
    `)
  }
}
