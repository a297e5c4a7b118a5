import type { Viewer } from '#identity/viewer'
import { chairHolder } from '#models/deciding/chair'
import { ACCEPT } from '#models/stored_file/file_types'
import type Gate from '#models/gate'
import { EXEMPT, assessments } from '#models/gate/enumerations'
import { criterionFields } from '#models/gate/fields'
import { ownerChoices } from '#models/gate/ownership'
import { unnamed } from '#models/gate/items'
import { rules } from '#models/gate/rules/index'
import { standingOfOne, type CriterionStanding } from '#models/gate/standing'
import GateCriterion from '#models/gate_criterion'
import GateDecision from '#models/gate_decision'
import Membership from '#models/membership'
import type Project from '#models/project'
import { shownValues } from '#pages/comparison'
import { evidenceState } from '#pages/gates/evidence_list'
import { verdictText } from '#pages/gates/gate_page'
import { offenderState, moreText } from '#pages/gates/readiness_page'
import { historyOf } from '#pages/history'
import { proseOf } from '#pages/prose'
import GateCriterionPolicy from '#policies/gate_criterion_policy'
import { moment } from '#registries/formats'
import * as terms from '#registries/terms'

/** Everything that the page of one criterion shows. */
export async function criterionState(
  project: Project,
  gate: Gate,
  criterion: GateCriterion,
  viewer: Viewer
) {
  const place = { project, gate, viewer }
  const standing = await standingOfOne(place, criterion)
  const chairId = await chairHolder(project, gate)
  const names = await namesFor(standing, chairId)
  const policy = new GateCriterionPolicy()
  const open = gate.isUnsubmitted
  const assess = open && policy.assess(viewer, criterion, project)
  const base = `/projects/${project.id}/gates/${gate.id}`
  return {
    base,
    url: `${base}/criteria/${criterion.id}`,
    gate: { ref: gate.ref, name: gate.name },
    criterion: await head(standing, names, viewer),
    place: await placeOf(gate, criterion),
    verdict: verdictState(standing, place),
    evidence: await evidenceState(standing.evidence, { project, viewer, names }),
    waiver: waiverState(criterion, names, chairId),
    sentBack: standing.isSentBack ? await sentBackBy(gate, base) : null,
    form: assess ? await formState(project, criterion, viewer) : null,
    accept: ACCEPT,
    history: await historyOf(
      { entityType: 'gate_criterion', entityId: criterion.id, partOf: gate.id },
      viewer,
      { limit: 8 }
    ),
    can: {
      assess,
      answer: open && policy.answer(viewer, chairId, project),
      audit: viewer.can('audit.read', project),
    },
  }
}

/** The criterion's place among those of its gate, for stepping through them. */
async function placeOf(gate: Gate, criterion: GateCriterion) {
  const all = await GateCriterion.of(gate).select('id', 'title', 'position')
  const index = all.findIndex(({ id }) => id === criterion.id)
  return { number: index + 1, count: all.length, next: all[index + 1] ?? null }
}

/** The round whose decision says why the criterion has to be met first. */
async function sentBackBy(gate: Gate, base: string) {
  const decision = await GateDecision.standingAt(gate)
  return { href: `${base}/reviews/${decision!.reviewId}`, isPrepared: gate.status !== 'decided' }
}

function namesFor({ criterion, evidence }: CriterionStanding, chairId: string | null) {
  return Membership.names([
    criterion.ownerId,
    criterion.assessedBy,
    criterion.waiverRequestedBy,
    criterion.waiverAnsweredBy,
    chairId,
    ...evidence.map(({ addedBy }) => addedBy),
  ])
}

async function head(
  { criterion, assessment }: CriterionStanding,
  names: Map<string, string>,
  viewer: Viewer
) {
  const prose = await proseOf([criterion.guidance, criterion.note], viewer)
  const by = criterion.assessedBy && names.get(criterion.assessedBy)
  const at = criterion.assessedAt && moment(criterion.assessedAt)
  return {
    ...criterion.serialize(),
    weightLabel: terms.weights[criterion.weight],
    assessmentTerm: terms.assessments[assessment],
    guidanceHtml: prose(criterion.guidance),
    noteHtml: prose(criterion.note),
    ownerName: criterion.ownerId && names.get(criterion.ownerId),
    assessed: at && [at, by && `by ${by}`].filter(Boolean).join(', '),
  }
}

/** What a rule found; null for criteria that people judge. */
function verdictState(
  { criterion, verdict }: CriterionStanding,
  place: Parameters<(typeof rules)[string]['fix']>[0]
) {
  if (!criterion.rule || !verdict) return null
  const more = unnamed(verdict)
  return {
    isMet: verdict.isMet,
    text: verdictText(criterion.rule, verdict),
    fix: rules[criterion.rule].fix(place),
    offenders: verdict.offenders.map(offenderState),
    moreText: more > 0 ? moreText({ offenders: verdict.offenders, more }) : null,
  }
}

function waiverState(criterion: GateCriterion, names: Map<string, string>, chairId: string | null) {
  const { waiverState: state } = criterion
  return {
    options: EXEMPT.map((value) => ({ value, label: assessments[value] })),
    chairName: chairId && names.get(chairId),
    present: state && {
      state,
      as: assessments[criterion.waiverAs!].toLowerCase(),
      reason: criterion.waiverReason,
      asked: told(criterion.waiverRequestedAt, criterion.waiverRequestedBy, names),
      answered: told(criterion.waiverAnsweredAt, criterion.waiverAnsweredBy, names),
      answer: criterion.waiverAnswer,
    },
  }
}

function told(at: any, by: string | null, names: Map<string, string>) {
  const name = by && names.get(by)
  return at && [moment(at), name && `by ${name}`].filter(Boolean).join(', ')
}

async function formState(project: Project, criterion: GateCriterion, viewer: Viewer) {
  const isSetAside = criterion.waiverState === 'consented'
  const mayHandOn = viewer.can('gate.update', project)
  return {
    mayJudge: !criterion.rule && !isSetAside,
    options: (['not_assessed', 'met', 'partly_met', 'not_met'] as const).map((value) => ({
      value,
      label: assessments[value],
    })),
    owners: mayHandOn
      ? (await ownerChoices(project, criterion)).map(({ id, name }) => ({ value: id, label: name }))
      : null,
    shown: shownValues(criterionFields, criterion),
  }
}
