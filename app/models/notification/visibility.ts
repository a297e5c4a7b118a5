/**
 * True of the memberships that may see the project, and the item: `Project.visibleTo` and `visibleItems` decide for one
 * viewer, this for many people at once. A test compares them.
 */
export const MAY_SEE_PROJECT = maySeeWhere(`exists (select from project_members
    where project_members.organisation_id = projects.organisation_id
      and project_members.project_id = projects.id
      and project_members.membership_id = memberships.id)`)

/** The same for one project, by its id. Checked for each person separately, it would read those of every project. */
export const MAY_SEE_ONE_PROJECT = maySeeWhere(`memberships.id = any(array(
    select project_members.membership_id from project_members
     where project_members.organisation_id = (select app_organisation())
       and project_members.project_id = ?))`)

function maySeeWhere(isOnTeam: string) {
  return `(memberships.role <> 'member' or projects.visibility = 'organisation'
  or projects.manager_id = memberships.id or projects.sponsor_id = memberships.id
  or ${isOnTeam})`
}

export const MAY_SEE_ITEM = `(raid_items.sensitivity = 'normal' or raid_items.created_by = memberships.id
  or raid_items.owner_id = memberships.id
  or raid_items.sensitivity = 'project_leads' and (memberships.role in ('owner', 'admin', 'pmo', 'auditor')
    or exists (select from projects led where led.organisation_id = raid_items.organisation_id
      and led.id = raid_items.project_id
      and memberships.id in (led.manager_id, led.sponsor_id)))
  or exists (select from raid_readers
    where raid_readers.organisation_id = raid_items.organisation_id
      and raid_readers.raid_item_id = raid_items.id
      and raid_readers.membership_id = memberships.id))`

/**
 * True of the notices that their reader may still read: someone who can no longer see a project or an entry can no
 * longer see notices about it.
 */
export const STILL_VISIBLE = `(notifications.project_id is null or exists (
    select from projects
      join memberships on memberships.organisation_id = projects.organisation_id
     where projects.organisation_id = notifications.organisation_id
       and projects.id = notifications.project_id
       and memberships.id = notifications.membership_id and ${MAY_SEE_PROJECT}))
  and (notifications.raid_item_id is null or exists (
    select from raid_items
      join memberships on memberships.organisation_id = raid_items.organisation_id
     where raid_items.organisation_id = notifications.organisation_id
       and raid_items.id = notifications.raid_item_id
       and memberships.id = notifications.membership_id and ${MAY_SEE_ITEM}))`
