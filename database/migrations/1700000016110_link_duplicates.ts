import { BaseSchema } from '@adonisjs/lucid/schema'

/** An entry may be linked as the duplicate of another. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(allowing(['realised_as', 'invalidated_by', 'relates_to', 'duplicate_of']))
  }

  async down() {
    this.schema.raw(allowing(['realised_as', 'invalidated_by', 'relates_to']))
  }
}

/** The rows that are there are checked under the table's policy, which raises where no organisation is set. */
function allowing(kinds: string[]) {
  const named = kinds.map((kind) => `'${kind}'`).join(', ')
  return `
    alter table raid_links no force row level security;
    alter table raid_links drop constraint raid_links_kind_check;
    alter table raid_links add constraint raid_links_kind_check check (kind in (${named}));
    alter table raid_links force row level security;`
}
