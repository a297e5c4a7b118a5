import { DateTime } from 'luxon'
import DeliveryConfidence from '#models/delivery_confidence'
import { deliveryConfidenceOf } from '#models/health/confidence'
import { declaredRatingsOf } from '#models/health/declared'
import type { ConfidenceRating, Partiality } from '#models/health/enumerations'
import { refuse } from '#models/violation'
import Gate from '#models/gate'
import { notify } from '#models/notification'
import type Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

export type GivenConfidence = {
  rating: ConfidenceRating
  rationale: string
  /** A gate of the project, when it is given for one. */
  gateId?: string | null
}

/** What keeps a member from judging a project: assurance never judges its own work. */
export async function partialityOf(
  project: Pick<Project, 'id' | 'managerId'>,
  membershipId: string
): Promise<Partiality | null> {
  if (project.managerId === membershipId) return 'manages'
  const standing = await declaredRatingsOf(project)
  const isDeclarer = Object.values(standing).some(({ declaredBy }) => declaredBy === membershipId)
  return isDeclarer ? 'declared' : null
}

/** Records how likely the project is to deliver, in the name of the member at work. */
export async function giveConfidence(
  project: Project,
  { rating, rationale, gateId = null }: GivenConfidence
): Promise<DeliveryConfidence> {
  if (gateId && !(await Gate.of(project).where('id', gateId).first())) {
    refuse('gate_id', 'Choose a gate of this project')
  }
  const row = new DeliveryConfidence().merge({
    rating,
    rationale,
    gateId,
    givenBy: Tenancy.current().membershipId!,
    givenAt: DateTime.utc(),
  })
  row.projectId = project.id
  const before = (await deliveryConfidenceOf(project))?.rating
  await row.auditAs('delivery_confidence.given').save()
  if (rating === 'red' && before !== 'red') await tellTurnedRed(project, row)
  return row
}

/** Those responsible for the delivery learn at once that it is judged unachievable. */
function tellTurnedRed(project: Project, { id, rationale }: DeliveryConfidence) {
  return notify({
    kind: 'confidence_red',
    to: [project.sponsorId, project.managerId].filter((member) => member !== null),
    project,
    path: `/projects/${project.id}/health`,
    title: `The delivery confidence of ${project.code} turned red`,
    detail: rationale,
    key: `confidence-red:${id}`,
  })
}
