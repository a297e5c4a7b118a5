import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import Project from '#models/project'
import { today } from '#models/days'
import { ANOTHER } from '#models/raid/other_projects'
import { directionFrom } from '#models/raid/agreement'
import { agreementState } from '#pages/raid/agreement'
import { refOf } from '#models/raid/refs'
import type RaidItem from '#models/raid_item'
import { historyOf } from '#pages/history'
import { proseOf } from '#pages/prose'
import RaidItemPolicy from '#policies/raid_item_policy'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/**
 * A dependency as the project that it names sees it: what concerns both, without the discussion and actions of the
 * project whose log it is in.
 */
export async function sharedDependencyState(viewer: Viewer, project: Project, item: RaidItem) {
  const home = await Project.visibleTo(viewer).where('projects.id', item.projectId).first()
  const names = await Membership.names([item.ownerId])
  const edit = new RaidItemPolicy().update(viewer, item, project)
  const direction = directionFrom(item.side, item.direction)
  const history = await historyOf({ entityType: 'raid_item', entityId: item.id }, viewer, {
    limit: 20,
    projectId: project.id,
  })
  const prose = await proseOf([item.description], viewer)
  return {
    item: {
      ...item.serialize(),
      ref: refOf(home?.code ?? null, item),
      homeName: home ? `${home.code} ${home.name}` : ANOTHER,
      homeHref: home && `/projects/${home.id}/raid/${item.id}`,
      transitions: edit ? item.movesTo : [],
      ownerName: item.ownerId ? names.get(item.ownerId) : item.ownerLabel,
      isOverdue: item.dueOn !== null && item.dueOn < today() && !item.isSettled,
      descriptionHtml: prose(item.description),
      direction,
    },
    facts: [
      { label: 'Direction', value: direction && terms.choices.direction[direction] },
      {
        label: 'Asked by',
        value: home ? `${home.code} ${home.name}` : ANOTHER,
        href: home && `/projects/${home.id}`,
      },
      { label: 'Needed by', value: item.dueOn && day(item.dueOn) },
      {
        label: 'Promised for',
        value: item.promisedOn && day(item.promisedOn),
        none: 'Not promised',
      },
    ],
    agreement: await agreementState(viewer, project, item),
    history,
    can: { edit, audit: viewer.can('audit.read', project) },
  }
}
