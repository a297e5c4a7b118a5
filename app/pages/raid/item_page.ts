import { claudeSettings } from '#config/assistant'
import type { Viewer } from '#identity/viewer'
import { obstacleFor } from '#models/assistant/switches'
import type Project from '#models/project'
import { mayBeRealised } from '#models/raid/realisation'
import { refOf } from '#models/raid/refs'
import { scoring } from '#models/raid/scoring'
import RaidItem from '#models/raid_item'
import RaidLink, { linkKinds } from '#models/raid_link'
import { TaskList } from '#models/task/list'
import { readTaskFilters } from '#models/task/list_filters'
import { agreementState } from '#pages/raid/agreement'
import { obstacleOf } from '#pages/assistant/actions_page'
import { escalationState } from '#pages/raid/escalation'
import { deciderState, itemFacts, itemState, namesIn, textsOf } from '#pages/raid/item_state'
import { commentsState } from '#pages/comments'
import { historyOf } from '#pages/history'
import { taskRowState } from '#pages/tasks/row'
import RaidItemPolicy from '#policies/raid_item_policy'
import { planOnce } from '#tenancy/plans'
import { together } from '#tenancy/together'

/** Everything on the page of one item. Independent queries run in parallel. */
export async function raidItemState(
  viewer: Viewer,
  project: Project,
  item: RaidItem,
  { allComments }: { allComments: boolean }
) {
  planOnce()
  const trail = { entityType: 'raid_item', entityId: item.id }
  const { names, comments, propose, texts, decider, ...parts } = await together({
    names: namesIn(item),
    links: linksOf(item, project, viewer),
    actions: actionsOf(item, project, viewer),
    comments: commentsState({ raidItemId: item.id }, viewer, { all: allComments }),
    history: historyOf(trail, viewer, { limit: 10, projectId: project.id }),
    agreement: agreementState(viewer, project, item),
    escalation: escalationState(viewer, project, item),
    propose: mayHaveProposed(item, project, viewer),
    texts: textsOf(item, viewer),
    decider: deciderState(item, project, viewer),
  })
  return {
    item: {
      ...(await itemState(item, project, viewer, names)),
      ...texts,
      ...decider,
    },
    facts: itemFacts(item, names),
    ...comments,
    ...parts,
    can: { ...abilities(item, project, viewer), propose },
  }
}

/** The tasks for the entry, in the order they were added. */
async function actionsOf(item: RaidItem, project: Project, viewer: Viewer) {
  const asked = { raid_item_id: item.id, status: 'all', sort: 'ref', per_page: '100' }
  const page = await new TaskList(viewer, readTaskFilters(asked), project).page()
  return page.rows.map((row) => taskRowState(row, project))
}

async function linksOf(item: RaidItem, project: Project, viewer: Viewer) {
  const links = await RaidLink.of(item)
  const otherIds = links.map((link) => (link.fromId === item.id ? link.toId : link.fromId))
  if (otherIds.length === 0) return []
  const others = await RaidItem.visibleIn(project, viewer).whereIn('raid_items.id', otherIds)
  return links.flatMap((link) => {
    const other = others.find(({ id }) => id === link.fromId || id === link.toId)
    if (!other) return []
    const outward = link.fromId === item.id
    return {
      id: link.id,
      removable: link.isRemovable,
      label: outward ? linkKinds[link.kind].out : linkKinds[link.kind].back,
      ref: refOf(project.code, other),
      title: other.title,
      href: `/projects/${project.id}/raid/${other.id}`,
    }
  })
}

/** Where the assistant cannot be asked, nothing links to it. */
async function mayHaveProposed(item: RaidItem, project: Project, viewer: Viewer) {
  if (!viewer.can('task.create', project) || obstacleOf(item)) return false
  return (await obstacleFor(viewer, project, claudeSettings)) === null
}

function abilities(item: RaidItem, project: Project, viewer: Viewer) {
  const edit = new RaidItemPolicy().update(viewer, item, project)
  const scored = (item.currentScore ?? 0) > scoring().appetite && item.nature === 'threat'
  return {
    edit,
    comment: viewer.can('raid.comment', project),
    act: viewer.can('task.create', project) && !item.isSettled,
    convert: edit && mayBeRealised(item),
    accept: viewer.can('raid.accept', project) && scored && !item.isSettled && !item.acceptedBy,
    audit: viewer.can('audit.read', project),
  }
}
