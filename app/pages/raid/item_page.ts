import { claudeSettings } from '#config/assistant'
import type { Viewer } from '#identity/viewer'
import { obstacleFor } from '#models/assistant/switches'
import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'
import Project from '#models/project'
import { today } from '#models/days'
import { fieldLabel } from '#models/raid/fields'
import { externalsIn } from '#models/raid/people'
import { isAcceptedByNobody } from '#models/raid/acceptance'
import { mayBeRealised } from '#models/raid/realisation'
import { refOf } from '#models/raid/refs'
import { scoring } from '#models/raid/scoring'
import RaidItem from '#models/raid_item'
import RaidLink, { linkKinds } from '#models/raid_link'
import { TaskList } from '#models/task/list'
import { readTaskFilters } from '#models/task/list_filters'
import { ANOTHER } from '#models/raid/other_projects'
import { agreementState } from '#pages/raid/agreement'
import { obstacleOf } from '#pages/assistant/actions_page'
import { escalationState } from '#pages/raid/escalation'
import { commentsState } from '#pages/comments'
import { historyOf } from '#pages/history'
import { proseOf } from '#pages/prose'
import { scoreMapState } from '#pages/raid/heat_map_page'
import { taskRowState } from '#pages/tasks/row'
import RaidItemPolicy from '#policies/raid_item_policy'
import { day, overdueBy } from '#registries/formats'
import * as terms from '#registries/terms'
import { planOnce } from '#tenancy/plans'
import { together } from '#tenancy/together'

/** What people write on an item in so many words as they like. */
const TEXTS = ['description', 'responsePlan', 'resolution', 'options', 'rationale'] as const

/** Everything that the page of one item shows. What does not wait for an answer is asked for at once. */
export async function raidItemState(
  viewer: Viewer,
  project: Project,
  item: RaidItem,
  { allComments }: { allComments: boolean }
) {
  planOnce()
  const trail = { entityType: 'raid_item', entityId: item.id }
  const { names, comments, propose, prose, decider, ...parts } = await together({
    names: namesIn(item),
    links: linksOf(item, project, viewer),
    actions: actionsOf(item, project, viewer),
    comments: commentsState({ raidItemId: item.id }, viewer, { all: allComments }),
    history: historyOf(trail, viewer, { limit: 10, projectId: project.id }),
    agreement: agreementState(viewer, project, item),
    escalation: escalationState(viewer, project, item),
    propose: mayHaveProposed(item, project, viewer),
    prose: proseOf(
      TEXTS.map((field) => item[field]),
      viewer
    ),
    decider: deciderState(item, project, viewer),
  })
  return {
    item: {
      ...(await itemState(item, project, viewer, names)),
      ...textsOf(item, prose),
      ...decider,
    },
    facts: facts(item, names),
    ...comments,
    ...parts,
    can: { ...abilities(item, project, viewer), propose },
  }
}

/** What the people and those outside who are named on it are called. */
async function namesIn(item: RaidItem) {
  const externals = externalsIn(item, { changed: false }).map(({ id }) => id)
  const [names, outside] = await Promise.all([
    Membership.names([
      item.ownerId,
      item.actioneeId,
      item.deciderId,
      item.createdBy,
      item.acceptedBy,
      item.counterpartMemberId,
    ]),
    ExternalResource.names(externals),
  ])
  return new Map([...names, ...outside])
}

async function itemState(
  item: RaidItem,
  project: Project,
  viewer: Viewer,
  names: Map<string, string>
) {
  const mayChange = new RaidItemPolicy().update(viewer, item, project)
  const name = (id: string | null, label: string | null) => (id ? names.get(id) : label)
  return {
    ...item.serialize(),
    ref: item.ref,
    band: item.band,
    score: item.currentScore,
    priority: item.priority,
    transitions: mayChange ? item.movesTo : [],
    isOverdue: item.dueOn !== null && item.dueOn < today() && !item.isSettled,
    ownerName: name(item.ownerId, item.ownerLabel),
    actioneeName: name(item.actioneeId ?? item.actioneeExternalId, item.actioneeLabel),
    deciderName: name(item.deciderId, item.deciderLabel),
    responseLabel: item.response && responseWords(item),
    ...(item.type === 'risk' ? scoreMapState(item) : {}),
    ...(await counterpartState(item, viewer, names)),
  }
}

/** Says so where the sponsor has yet to accept what the project did, since the appetite fell. */
function responseWords(item: RaidItem) {
  const label = terms.choices.response[item.response!]
  if (item.isSettled || !isAcceptedByNobody(item)) return label
  return `${label}: above the appetite of ${scoring().appetite}, not accepted by the sponsor yet`
}

/** Who is asked to decide, as long as nobody did: whoever only says so hears how it is recorded. */
async function deciderState(item: RaidItem, project: Project, viewer: Viewer) {
  const { deciderId } = item
  if (item.type !== 'decision' || item.status !== 'proposed' || !deciderId) return {}
  const isHere = (await Membership.active([deciderId])).has(deciderId)
  const records = new RaidItemPolicy().update(viewer, item, project)
  return { isDeciderGone: !isHere, isAsked: deciderId === viewer.membershipId && !records }
}

function textsOf(item: RaidItem, prose: Awaited<ReturnType<typeof proseOf>>) {
  return {
    descriptionHtml: prose(item.description),
    responsePlanHtml: prose(item.responsePlan),
    resolutionHtml: prose(item.resolution),
    optionsHtml: prose(item.options),
    rationaleHtml: prose(item.rationale),
  }
}

async function counterpartState(item: RaidItem, viewer: Viewer, names: Map<string, string>) {
  const person = names.get(item.counterpartExternalId ?? item.counterpartMemberId ?? '')
  if (person) return { counterpartName: [person, item.counterpartName].filter(Boolean).join(', ') }
  if (!item.counterpartProjectId) return {}
  const project = await Project.visibleTo(viewer)
    .where('projects.id', item.counterpartProjectId)
    .first()
  if (!project) return { counterpartName: item.counterpartName ?? ANOTHER }
  return {
    counterpartName: item.counterpartName ?? `${project.code} ${project.name}`,
    counterpartHref: `/projects/${project.id}`,
  }
}

function facts(item: RaidItem, names: Map<string, string>) {
  const raisedBy = item.createdBy && names.get(item.createdBy)
  const rows: [string, string | null | undefined][] = [
    [
      'Raised',
      [day(item.raisedOn ?? item.createdAt), raisedBy && `by ${raisedBy}`]
        .filter(Boolean)
        .join(' '),
    ],
    ['Next review', item.nextReviewOn && reviewOf(item, item.nextReviewOn)],
    ['Closed', item.closedOn && day(item.closedOn)],
    ['Category', item.category && terms.choices.category[item.category]],
    ['Accepted', item.acceptedBy && `${day(item.acceptedOn)} by ${names.get(item.acceptedBy)}`],
    ['Escalated to', terms.choices.escalation[item.escalation]],
    [fieldLabel(item.type, 'sensitivity'), terms.choices.sensitivity[item.sensitivity]],
  ]
  return rows.filter(([, shown]) => shown).map(([label, shown]) => ({ label, value: shown }))
}

function reviewOf({ isSettled }: RaidItem, on: string) {
  return !isSettled && on < today() ? `${day(on)}, ${overdueBy(on)}` : day(on)
}

/** The tasks that answer the entry, in the order they were added. */
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

/** Where the assistant cannot be asked, nothing leads to it. */
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
