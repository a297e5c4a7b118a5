import type { Section } from '#models/pack/content'
import type { Readiness } from '#models/gate/readiness'

/** What the gate requires, how far it is met, and the evidence by its hashes. */
export function criteriaSection({ criteria }: Readiness): Section {
  return {
    facts: {},
    lists: {
      criteria: criteria.map(({ criterion, assessment }) => ({
        id: criterion.id,
        position: criterion.position,
        title: criterion.title,
        guidance: criterion.guidance,
        weight: criterion.weight,
        check_kind: criterion.checkKind,
        rule: criterion.rule,
        assessment,
        note: criterion.note,
        owner_id: criterion.ownerId,
        evidence_required: criterion.evidenceRequired,
        waiver_reason: criterion.waiverReason,
        waiver_answered_by: criterion.waiverAnsweredBy,
      })),
      evidence: criteria
        .flatMap(({ evidence }) => evidence)
        .map((piece) => ({
          id: piece.id,
          criterion_id: piece.criterionId,
          kind: piece.kind,
          name: piece.name,
          size: piece.size,
          media_type: piece.mediaType,
          sha256: piece.sha256,
          url: piece.url,
          record: piece.recordRef,
        })),
    },
  }
}
