import { publicKeys } from '#audit/settings'
import type { Viewer } from '#identity/viewer'
import type Round from '#models/deciding/round'
import { EXEMPT } from '#models/gate/enumerations'
import GateDecision from '#models/gate_decision'
import GateReview from '#models/gate_review'
import { gateRef } from '#models/gate/refs'
import type { Content } from '#models/pack/content'
import { contentOf } from '#models/pack/pack'
import { lastApproved, roundBefore } from '#models/review/earlier'
import { packOf, readableBy } from '#models/review/reading'
import { packHealth } from '#pages/deciding/pack_health'
import { decisionStates } from '#pages/deciding/decision_view'
import { returnedBefore } from '#pages/deciding/returned'
import { namesIn } from '#pages/deciding/names'
import { withLinks } from '#pages/deciding/pack_links'
import { shownDiff, shownFacts, shownRows, type ShownRow } from '#pages/deciding/pack_view'
import { tableState } from '#pages/deciding/review_table'
import { proseOf } from '#pages/prose'
import { iso } from '#registries/formats'

/** How many RAID entries the page of a review shows; the pack's own page shows all. */
const ITEMS = 15

/** Everything that deciders need on one page: pack, changes, votes, conditions, and what they have to do. */
export async function reviewState(round: Round, viewer: Viewer) {
  const { project, gate, review } = round
  const comparisons = await comparisonsOf(round, viewer)
  const [own, ...others] = await readableBy(viewer, project, [
    await packOf(review),
    ...comparisons.map(({ content }) => content),
  ])
  const names = await namesIn(round, [own.content, ...others.map(({ content }) => content)])
  return {
    gate: { id: gate.id, ref: gate.ref, name: gate.name },
    review: await reviewHead(review, names, viewer),
    changes: comparisons.map(({ title, isLive, sameGate }, index) => {
      const other = others[index].content
      const [before, after] = isLive ? [own.content, other] : [other, own.content]
      return { title, isLive, ...shownDiff(before, after, names, { sameGate }) }
    }),
    pack: await withLinks(packState(own.content, own.hidden, names), round, viewer),
    table: await tableState(round, viewer, names),
    decisions: await decisionStates(round, viewer),
    returned: await returnedBefore(round, own.content),
    rounds: await roundsOf(round),
  }
}

type Comparison = { title: string; isLive: boolean; sameGate: boolean; content: Content }

/** What the pack is compared with: the present records, the previous round, and what was last approved. */
async function comparisonsOf(
  { project, gate, review }: Round,
  viewer: Viewer
): Promise<Comparison[]> {
  const live = review.isOpen ? [await contentOf(project, gate)] : []
  const before = await roundBefore(review)
  const approved = await lastApproved(review, viewer.membershipId)
  const isSame = before !== null && before.id === approved?.review.id
  return [
    ...live.map((content) => ({
      title: 'Changed since submission',
      isLive: true,
      sameGate: true,
      content,
    })),
    ...(before && !isSame
      ? [await against(`Changed since round ${before.round}`, before, review)]
      : []),
    ...(approved
      ? [
          await against(
            `Changed since ${approved.isOwn ? 'you last approved' : 'the last approval'} (${gateRef(project.code, approved.gateNumber)}, round ${approved.review.round})`,
            approved.review,
            review
          ),
        ]
      : []),
  ]
}

async function against(title: string, other: GateReview, review: GateReview) {
  const sameGate = other.gateId === review.gateId
  return { title, isLive: false, sameGate, content: await packOf(other) }
}

/** What a page says about a round itself. */
export async function reviewHead(review: GateReview, names: Map<string, string>, viewer: Viewer) {
  const prose = await proseOf([review.note], viewer)
  return {
    id: review.id,
    round: review.round,
    status: review.status,
    isOpen: review.isOpen,
    isPastDue: review.isPastDue,
    decideBy: review.decideBy,
    submittedBy: names.get(review.submittedBy) ?? 'A former member',
    submittedAt: iso(review.submittedAt),
    noteHtml: prose(review.note),
    packSha256: review.packSha256,
    publicKeys: publicKeys(),
    withdrawnBy: review.withdrawnBy && (names.get(review.withdrawnBy) ?? 'A former member'),
    withdrawnAt: iso(review.withdrawnAt),
    withdrawalReason: review.withdrawalReason,
    lockVersion: review.lockVersion,
  }
}

/** A pack as pages show it. `most` limits the RAID entries. */
export function packState(
  content: Content,
  hidden: number,
  names: Map<string, string>,
  most: number = ITEMS
) {
  const raid = [
    ...shownRows(content, 'raid', 'raid', names),
    ...shownRows(content, 'raid_leads', 'raid', names),
  ]
  const evidence = shownRows(content, 'criteria', 'evidence', names)
  return {
    facts: shownFacts(content, names),
    criteria: shownRows(content, 'criteria', 'criteria', names).map((criterion) => ({
      ...criterion,
      waiver: waiverWords(criterion),
      evidence: evidence.filter((piece) => piece.criterion_id === criterion.id),
    })),
    raid: raid.slice(0, most),
    moreRaid: Math.max(0, raid.length - most),
    hidden,
    ...packHealth(content, names),
    warnings: shownRows(content, 'status', 'warnings', names),
    conditions: shownRows(content, 'conditions', 'conditions', names),
    stages: shownRows(content, 'gate', 'stages', names),
  }
}

/** What became of the request to waive a criterion, and why it was made. */
function waiverWords({ assessment, waiver_reason: reason, words }: ShownRow) {
  if (!reason) return null
  const by = words.waiver_answered_by
  if ((EXEMPT as readonly unknown[]).includes(assessment)) return `Waived by ${by}: ${reason}`
  return by
    ? `Waiver refused by ${by}. Requested because: ${reason}`
    : `Waiver requested: ${reason}`
}

async function roundsOf({ gate, review }: Round) {
  const reviews = await GateReview.of(gate)
  const outcomes = await GateDecision.outcomesAt(gate)
  return reviews
    .filter(({ id }) => id !== review.id)
    .map(({ id, round, status, submittedAt }) => ({
      id,
      round,
      status,
      outcome: outcomes.get(id) ?? null,
      submittedAt: iso(submittedAt),
    }))
}
