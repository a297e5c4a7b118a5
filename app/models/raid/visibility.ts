import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { RoledProject, Viewer } from '#identity/viewer'

type Query = { where(narrow: (query: DatabaseQueryBuilderContract) => void): unknown }

/**
 * Narrows a query on raid_items to what the viewer may see: normal items; what is kept to project leads
 * if the viewer is one; and what the viewer raised, owns or is named on. Without a project, the leads of
 * each item's own project count.
 */
export function onlyVisible(query: Query, viewer: Viewer, project?: RoledProject) {
  const me = viewer.membershipId
  query.where((visible) => {
    visible
      .where('raid_items.sensitivity', 'normal')
      .orWhere('raid_items.created_by', me)
      .orWhere('raid_items.owner_id', me)
      .orWhereExists((named) =>
        named
          .from('raid_readers')
          .whereColumn('raid_readers.organisation_id', 'raid_items.organisation_id')
          .whereColumn('raid_readers.raid_item_id', 'raid_items.id')
          .where('raid_readers.membership_id', me)
      )
    if (viewer.can('raid.read.leads', project)) {
      visible.orWhere('raid_items.sensitivity', 'project_leads')
    } else if (!project) {
      visible.orWhere((led) =>
        led.where('raid_items.sensitivity', 'project_leads').whereExists((lead) =>
          lead
            .from('projects as led')
            .whereColumn('led.organisation_id', 'raid_items.organisation_id')
            .whereColumn('led.id', 'raid_items.project_id')
            .where((either) => either.where('led.manager_id', me).orWhere('led.sponsor_id', me))
        )
      )
    }
  })
}
