import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import { type BaseModel, column } from '@adonisjs/lucid/orm'
import type * as terms from '#models/raid/enumerations'

/** The columns of an item: first what every type has, then what one type alone has. */
export function withRaidColumns<T extends NormalizeConstructor<typeof BaseModel>>(superclass: T) {
  class RaidColumns extends superclass {
    @column() declare projectId: string
    @column() declare type: terms.RaidType
    @column() declare number: number
    @column() declare title: string
    @column() declare description: string | null
    @column() declare status: string
    @column() declare ownerId: string | null
    @column() declare ownerLabel: string | null
    @column() declare raisedOn: string | null
    @column() declare dueOn: string | null
    @column() declare nextReviewOn: string | null
    @column() declare closedOn: string | null
    @column() declare escalation: keyof typeof terms.escalations
    @column() declare sensitivity: keyof typeof terms.sensitivities

    @column() declare nature: terms.Nature | null
    @column() declare cause: string | null
    @column() declare event: string | null
    @column() declare effect: string | null
    @column() declare category: string | null
    @column() declare inherentLikelihood: number | null
    @column() declare inherentImpact: number | null
    @column() declare currentLikelihood: number | null
    @column() declare currentImpact: number | null
    @column() declare targetLikelihood: number | null
    @column() declare targetImpact: number | null
    @column() declare proximity: keyof typeof terms.proximities | null
    @column() declare triggerOn: string | null
    @column() declare response: terms.Response | null
    @column() declare responsePlan: string | null
    @column() declare actioneeId: string | null
    @column() declare actioneeExternalId: string | null
    @column() declare actioneeLabel: string | null
    @column() declare acceptedBy: string | null
    @column() declare acceptedOn: string | null

    @column() declare impactIfFalse: number | null
    @column() declare confidence: keyof typeof terms.confidences | null
    @column() declare validationMethod: string | null
    /** The date whose passing drafted a risk from it. */
    @column() declare draftedFor: string | null

    @column() declare issueKind: keyof typeof terms.issueKinds | null
    @column() declare severity: number | null
    @column() declare urgency: number | null
    @column() declare priorityOverride: terms.Priority | null
    @column() declare priorityReason: string | null
    @column() declare resolution: string | null

    @column() declare direction: keyof typeof terms.directions | null
    @column() declare counterpartKind: keyof typeof terms.counterpartKinds | null
    @column() declare counterpartName: string | null
    @column() declare counterpartProjectId: string | null
    @column() declare counterpartExternalId: string | null
    @column() declare counterpartMemberId: string | null
    @column() declare promisedOn: string | null
    @column() declare homeAnswer: terms.DependencyAnswer | null
    @column() declare homeReason: string | null
    @column() declare homeProposedOn: string | null
    @column() declare homeAnsweredBy: string | null
    @column() declare homeAnsweredOn: string | null
    @column() declare counterpartAnswer: terms.DependencyAnswer | null
    @column() declare counterpartReason: string | null
    @column() declare counterpartProposedOn: string | null
    @column() declare counterpartAnsweredBy: string | null
    @column() declare counterpartAnsweredOn: string | null
    /** Which of two projects has to answer next; null when neither does. */
    @column() declare awaitedSide: terms.Side | null

    @column() declare options: string | null
    @column() declare rationale: string | null
    @column() declare deciderId: string | null
    @column() declare deciderLabel: string | null
    @column() declare decidedOn: string | null

    @column() declare importId: string | null
    @column() declare createdBy: string | null
  }
  return RaidColumns
}
