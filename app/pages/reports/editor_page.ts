import type { Viewer } from '#identity/viewer'
import { dimensions, ratingMeanings, ratings, type Rating } from '#models/health/enumerations'
import type Project from '#models/project'
import { computedHealthOf, type ComputedHealth, type ComputedRating } from '#models/health/computed'
import { contentOf } from '#models/report/content'
import { RATED } from '#models/report/enumerations'
import { partsOf, type ReportRating } from '#models/report/parts'
import { surroundingsOf } from '#models/report/surroundings'
import { nextPeriod, remarkOn } from '#models/report/periods'
import { DECISIONS, valuesOf } from '#models/report/values'
import type StatusReport from '#models/status_report'
import { assigneeChoices } from '#models/task/assignees'
import { canAsk } from '#pages/assistant/kind_page'
import { reportView } from '#pages/reports/report_view'
import { trendOf } from '#pages/reports/rating_view'
import * as terms from '#registries/terms'

/** How many empty rows for decisions are offered, up to the maximum of a report. */
const SPARE = 2

/** What the form that begins a report shows. */
export async function newReportState(project: Project) {
  return { period: await nextPeriod(project) }
}

/** The single page on which a report is written, beside what the records say. */
export async function editorState(project: Project, report: StatusReport, viewer: Viewer) {
  const parts = await partsOf(report)
  const surroundings = await surroundingsOf(project, report)
  const computed: Partial<ComputedHealth> = report.correctsId ? {} : await computedHealthOf(project)
  const view = await reportView(contentOf(project, report, parts, surroundings), viewer)
  const values = valuesOf(report, parts)
  const { members } = await assigneeChoices(project, { outside: false })
  return {
    report: {
      id: report.id,
      ref: report.ref,
      version: report.version,
      lockVersion: report.lockVersion,
      correctionReason: report.correctionReason,
      returnReason: report.returnReason,
    },
    remark: await remarkOn(project, report),
    values,
    shown: JSON.stringify(values),
    ratings: RATED.map((dimension) => {
      const row = parts.ratings.find((one) => one.dimension === dimension)!
      const before = surroundings.previous[dimension] ?? null
      return ratingFields(row, before, computed[dimension])
    }),
    decisions: decisionRows(parts.decisions.length).map((place) => ({
      place,
      what: values[`decision${place}What`],
      ownerId: values[`decision${place}OwnerId`],
      dueOn: values[`decision${place}DueOn`],
    })),
    people: members.map(({ id, name }) => ({ value: id, label: name })),
    record: view,
    can: { ask: await canAsk(project, viewer) },
  }
}

const options = Object.entries(ratings).map(([value, label]) => ({
  value,
  label,
  hint: ratingMeanings[value as Rating],
}))

/** One dimension with its former rating, and what the product computes for it and why. */
function ratingFields(
  row: ReportRating,
  before: Rating | null,
  computed: ComputedRating | undefined
) {
  return {
    ...row,
    label: dimensions[row.dimension],
    options,
    before: before && terms.ratings[before],
    trend: trendOf(before, row.rating),
    computed,
  }
}

function decisionRows(filled: number) {
  return DECISIONS.slice(0, Math.max(filled + SPARE, SPARE + 1))
}
