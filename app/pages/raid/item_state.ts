import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'
import Project from '#models/project'
import { isAcceptedByNobody } from '#models/raid/acceptance'
import { fieldLabel } from '#models/raid/fields'
import { ANOTHER } from '#models/raid/other_projects'
import { externalsIn } from '#models/raid/people'
import { scoring } from '#models/raid/scoring'
import type RaidItem from '#models/raid_item'
import { proseOf } from '#pages/prose'
import { scoreMapState } from '#pages/raid/heat_map_page'
import RaidItemPolicy from '#policies/raid_item_policy'
import { day, overdueBy } from '#registries/formats'
import * as terms from '#registries/terms'

/** Fields in which people write free text. */
const TEXTS = ['description', 'responsePlan', 'resolution', 'options', 'rationale'] as const

/** The names of the people and people outside on it. */
export async function namesIn(item: RaidItem) {
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

/** The item itself, as its page and badges show it. */
export async function itemState(
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

/** Says so if the sponsor has yet to accept what the project accepted before the appetite fell. */
function responseWords(item: RaidItem) {
  const label = terms.choices.response[item.response!]
  if (item.isSettled || !isAcceptedByNobody(item)) return label
  return `${label}: above the appetite of ${scoring().appetite}, not accepted by the sponsor yet`
}

/** For an open decision: whether its decider has left, or is the viewer and has to ask others to record it. */
export async function deciderState(item: RaidItem, project: Project, viewer: Viewer) {
  const { deciderId } = item
  if (item.type !== 'decision' || item.status !== 'proposed' || !deciderId) return {}
  const isHere = (await Membership.active([deciderId])).has(deciderId)
  const records = new RaidItemPolicy().update(viewer, item, project)
  return { isDeciderGone: !isHere, isAsked: deciderId === viewer.membershipId && !records }
}

/** Free text on it, as HTML. */
export async function textsOf(item: RaidItem, viewer: Viewer) {
  const prose = await proseOf(
    TEXTS.map((field) => item[field]),
    viewer
  )
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

/** The facts that are listed beside the item. */
export function itemFacts(item: RaidItem, names: Map<string, string>) {
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
