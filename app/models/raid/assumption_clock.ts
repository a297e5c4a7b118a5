import { beginning } from '#models/text/beginning'
import { addDays, inWords, today } from '#models/days'
import Membership from '#models/membership'
import type Project from '#models/project'
import { projectsOf } from '#models/project/of_records'
import { IS_NOT_OVER } from '#models/project/states'
import { isOpenOf } from '#models/raid/transitions'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import RaidReader from '#models/raid_reader'
import Tenancy from '#tenancy/tenancy'

/** The most in one round: the next round continues. */
const MOST = 50

/** A draft has to be reviewed within a week, or it counts among the overdue reviews. */
const LOOKED_AT_WITHIN = 7

const LONGEST_TITLE = 200

/** How likely it is that an assumption proves false, by how confident people are in it. */
const LIKELIHOOD = { low: 4, medium: 3, high: 2 } as const

/**
 * Drafts the risk that follows from each assumption whose validation date passed with nothing to show. Once for a date:
 * what becomes of the draft is for people to decide, and a new date starts the clock again.
 */
export async function draftFromExpired() {
  const assumptions = await ranOut()
  const projects = await projectsOf(assumptions)
  const present = await Membership.active(assumptions.flatMap(({ ownerId }) => ownerId ?? []))
  for (const one of assumptions) {
    const ownerId = one.ownerId && present.has(one.ownerId) ? one.ownerId : null
    await draftRisk(one, projects.get(one.projectId)!, ownerId)
  }
}

/**
 * Those of projects that are neither over nor on hold. Assumptions imported with their date already past never had a clock here: they show as
 * overdue.
 */
function ranOut() {
  return RaidItem.query()
    .whereRaw(isOpenOf('assumption'))
    .where('due_on', '<', today())
    .whereRaw('drafted_for is distinct from due_on')
    .whereRaw('(raid_items.created_at at time zone ?)::date <= due_on', [Tenancy.organisationsZone])
    .whereRaw(IS_GOING_ON)
    .orderBy('due_on')
    .orderBy('id')
    .limit(MOST)
    .forUpdate()
    .skipLocked()
}

const IS_GOING_ON = `exists (select from projects
  where projects.organisation_id = raid_items.organisation_id and projects.id = raid_items.project_id
    and ${IS_NOT_OVER} and projects.status <> 'on_hold')`

/** The assumption's owner, if they are still a member. */
async function draftRisk(assumption: RaidItem, project: Project, ownerId: string | null) {
  assumption.refersTo(project)
  const risk = await RaidItem.raise(
    project,
    drafted(assumption, project, ownerId),
    await readersOf(assumption)
  )
  assumption.draftedFor = assumption.dueOn
  await RaidLink.join(assumption, risk, 'invalidated_by')
}

function drafted(assumption: RaidItem, { managerId }: Project, ownerId: string | null) {
  const { ref, title, description, dueOn, sensitivity, escalation, ownerLabel } = assumption
  const { impactIfFalse, confidence } = assumption
  const isScored = impactIfFalse !== null && confidence !== null
  // No one else is notified of what is kept to named people, not even the manager.
  const isOrphaned = !ownerId && !ownerLabel && sensitivity !== 'named_people'
  return {
    type: 'risk',
    status: 'draft',
    nature: 'threat',
    title: beginning(`Not validated in time: ${title}`, LONGEST_TITLE),
    description,
    cause: `${ref} was not validated by ${inWords(dueOn!)}.`,
    event: `This assumption proves false: ${title}`,
    currentLikelihood: isScored ? LIKELIHOOD[confidence] : null,
    currentImpact: isScored ? impactIfFalse : null,
    ownerId: isOrphaned ? managerId : ownerId,
    ownerLabel,
    sensitivity,
    escalation,
    raisedOn: today(),
    nextReviewOn: addDays(today(), LOOKED_AT_WITHIN),
  } as const
}

/** People who see one may see the other, and so may the person who raised it: the draft itself is raised by no one. */
async function readersOf(assumption: RaidItem) {
  if (assumption.sensitivity === 'normal') return []
  const readers = await RaidReader.of(assumption)
  return assumption.createdBy ? [...readers, assumption.createdBy] : readers
}
