import { DateTime } from 'luxon'
import DeliveryConfidence from '#models/delivery_confidence'
import { declaredRatings } from '#models/health/declared'
import type { ConfidenceRating } from '#models/health/enumerations'
import { refuse } from '#models/violation'
import Gate from '#models/gate'
import type Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

export type GivenConfidence = {
  rating: ConfidenceRating
  rationale: string
  /** A gate of the project, when it is given for one. */
  gateId?: string | null
}

/** Why a member may not say how likely a project delivers. */
export const partialities = {
  manages:
    'You manage this project. Delivery confidence comes from somebody who looks at it from outside: ask the PMO or an auditor.',
  declared:
    'You declared ratings of this project that stand now. Delivery confidence comes from somebody else than whoever rates it: ask a colleague of the PMO or an auditor.',
} as const

export type Partiality = keyof typeof partialities

/** What keeps a member from judging a project: assurance never judges its own work. */
export async function partialityOf(
  project: Pick<Project, 'id' | 'managerId'>,
  membershipId: string
): Promise<Partiality | null> {
  if (project.managerId === membershipId) return 'manages'
  const standing = (await declaredRatings([project.id])).get(project.id)!
  const isDeclarer = Object.values(standing).some(({ declaredBy }) => declaredBy === membershipId)
  return isDeclarer ? 'declared' : null
}

/** Says how likely the project delivers, in the name of the member at work. */
export async function giveConfidence(
  project: Project,
  { rating, rationale, gateId = null }: GivenConfidence
): Promise<DeliveryConfidence> {
  if (gateId && !(await Gate.of(project).where('id', gateId).first())) {
    refuse('gate_id', 'Choose a gate of this project')
  }
  const row = new DeliveryConfidence().merge({
    ...{ rating, rationale, gateId },
    givenBy: Tenancy.current().membershipId!,
    givenAt: DateTime.utc(),
  })
  row.projectId = project.id
  return row.auditAs('delivery_confidence.given').save()
}
