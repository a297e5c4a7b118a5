import type { Viewer } from '#identity/viewer'
import { openConditions } from '#models/condition/open'
import { deliveryConfidenceOf } from '#models/health/confidence'
import { declaredRatingsOf, type DeclaredRating } from '#models/health/declared'
import {
  dimensions,
  PARTS,
  ratings,
  type Dimension,
  type Rating,
} from '#models/health/enumerations'
import { gatesOf, type DatedGate } from '#models/charts/gates'
import { datesThatCount, slipOf } from '#models/gate/slip'
import Membership from '#models/membership'
import { shownName } from '#models/person_flag'
import type Project from '#models/project'
import { projectStatuses } from '#models/project/states'
import { visibilities } from '#models/project/visibility'
import { topItems, type HomeRow } from '#models/raid/home'
import { refOf } from '#models/raid/refs'
import { score, scoring } from '#models/raid/scoring'
import StatusReport from '#models/status_report'
import { signedSlip } from '#pages/gates/words'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** One project on one sheet, in words. */
export type ProjectSheet = {
  code: string
  name: string
  facts: { label: string; value: string }[]
  ratings: { label: string; letter: string; tone: string; word: string; reason: string }[]
  gates: { name: string; baseline: string; expected: string; slip: string; isLate: boolean }[]
  items: { ref: string; title: string; weight: string; owner: string; due: string }[]
  conditions: { ref: string; text: string; due: string; isOverdue: boolean }[]
  report: { title: string; summary: string } | null
}

const ORDER: Dimension[] = ['overall', ...PARTS]

/** Everything that a pack shows about one project; people in `withheld` are not named. */
export async function projectSheet(
  project: Project,
  viewer: Viewer,
  withheld: ReadonlySet<string>
): Promise<ProjectSheet> {
  const names = await Membership.names([project.managerId, project.sponsorId])
  const stages = await project.related('stages').query()
  const declared = await declaredRatingsOf(project)
  const confidence = await deliveryConfidenceOf(project)
  const nameOf = (id: string | null) => shownName(id, names.get(id ?? '') ?? 'not named', withheld)
  return {
    code: project.code,
    name: project.name,
    facts: [
      { label: 'Status', value: projectStatuses[project.status] },
      { label: 'Stage', value: stages.find(({ id }) => id === project.stageId)?.name ?? 'None' },
      { label: 'Manager', value: nameOf(project.managerId) },
      { label: 'Sponsor', value: nameOf(project.sponsorId) },
      { label: 'Baseline end', value: day(project.baselineEndOn) || 'Not set' },
      { label: 'Forecast end', value: day(project.forecastEndOn) || 'Not set' },
      { label: 'Who can see it', value: visibilities[project.visibility] },
    ],
    ratings: [
      ...ORDER.map((dimension) => {
        const said = declared[dimension]
        return rated(dimensions[dimension], said?.rating ?? null, wordsOf(said))
      }),
      rated('Delivery confidence', confidence?.rating ?? null, confidence?.rationale ?? ''),
    ],
    gates: await gateLines(project),
    items: (await topItems(project, viewer)).map((row) => itemLine(project, row, withheld)),
    conditions: (await openConditions(project)).map(({ ref, text, dueOn, isOverdue }) => ({
      ref,
      text,
      due: day(dueOn),
      isOverdue,
    })),
    report: await reportOf(project),
  }
}

function rated(label: string, rating: Rating | null, reason: string) {
  const look = rating ? terms.ratings[rating] : { letter: '?', tone: 'none', label: 'Not declared' }
  return { label, letter: look.letter, tone: look.tone ?? 'none', word: look.label, reason }
}

function wordsOf(said?: DeclaredRating) {
  const path = said?.pathToGreen && `Path to green: ${said.pathToGreen}`
  const better =
    said?.differenceReason &&
    `Computed ${ratings[said.computedRating].toLowerCase()} when it was declared: ${said.differenceReason}`
  return [said?.reason, path, better].filter(Boolean).join(' ')
}

async function gateLines(project: Project) {
  return (await gatesOf(project)).map((gate) => {
    const isRejected = gate.outcome === 'rejected'
    const slip = slipOf(datesThatCount(gate, gate.outcome))
    return {
      name: gate.name,
      baseline: day(gate.baselineOn) || 'None',
      expected: isRejected ? 'rejected' : expectedOn(gate),
      slip: signedSlip(slip) ?? '',
      isLate: (slip ?? 0) > 0,
    }
  })
}

/** The date, and that the gate was deferred or sent back if it was. */
function expectedOn({ actualOn, forecastOn, outcome }: DatedGate) {
  if (actualOn) return `held ${day(actualOn)}`
  const when = day(forecastOn) || 'Not known'
  return outcome ? `${when}, ${terms.outcomes[outcome].label.toLowerCase()}` : when
}

function itemLine(project: Project, row: HomeRow, withheld: ReadonlySet<string>) {
  const points = score(row.current_likelihood, row.current_impact)
  const band = scoring().bandOf(points ?? score(row.severity, row.urgency))
  return {
    ref: refOf(project.code, row),
    title: row.title,
    weight: points ? `${points} ${terms.bands[band!].label}` : issueWeight(row),
    owner: shownName(row.owner_id, row.owner_name ?? row.owner_label ?? 'Nobody', withheld),
    due: day(row.due_on) || 'No date',
  }
}

function issueWeight({ priority_override: chosen, severity, urgency }: HomeRow) {
  const priority = chosen ?? scoring().derivedPriority(severity, urgency)
  return priority ? `Issue, ${priority}` : 'Issue'
}

async function reportOf(project: Project) {
  const report = await StatusReport.latest(project)
  if (!report) return null
  const until = day(report.periodEndOn)
  return { title: `Report to ${until}`, summary: report.summary ?? '' }
}
