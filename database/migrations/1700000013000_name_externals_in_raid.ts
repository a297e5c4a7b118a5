import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * People outside as actionees of risks and as the other side of dependencies. Once such a person is a
 * member, what is open names the member instead.
 */
export default class extends BaseSchema {
  async up() {
    // Not valid: the new columns are empty, and checking them would read as the owner, whom row security
    // binds. An entry from before may hold a label beside a member, and drops it when it is next saved.
    this.schema.raw(`
      alter table raid_items
        add column actionee_external_id uuid,
        add column counterpart_external_id uuid,
        add column counterpart_member_id uuid,
        add foreign key (organisation_id, actionee_external_id)
          references external_resources (organisation_id, id) not valid,
        add foreign key (organisation_id, counterpart_external_id)
          references external_resources (organisation_id, id) not valid,
        add foreign key (organisation_id, counterpart_member_id)
          references memberships (organisation_id, id) not valid,
        add constraint one_actionee
          check (num_nonnulls(actionee_id, actionee_external_id, actionee_label) <= 1) not valid,
        add constraint one_counterpart check
          (num_nonnulls(counterpart_external_id, counterpart_member_id) = 0
            or (num_nonnulls(counterpart_external_id, counterpart_member_id, counterpart_project_id) = 1
              and counterpart_kind =
                case when counterpart_external_id is null then 'team' else 'external_resource' end));
      create index raid_items_actionee_external on raid_items
        (organisation_id, actionee_external_id, id) where actionee_external_id is not null;
      create index raid_items_counterpart_external on raid_items
        (organisation_id, counterpart_external_id, id) where counterpart_external_id is not null;
    `)
  }

  async down() {
    this.schema.raw(`
      alter table raid_items
        drop column actionee_external_id, drop column counterpart_external_id,
        drop column counterpart_member_id;
    `)
  }
}
