import { startOfDay } from '#models/days'
import { computedHealthOf } from '#models/health/computed'
import type { Dimension, Rating } from '#models/health/enumerations'
import type Project from '#models/project'
import { readContent, type ReportContent, type Surroundings } from '#models/report/content'
import { NOTHING, type Since } from '#models/report/record/content'
import { recordOf } from '#models/report/record/record'
import StatusReport from '#models/status_report'
import StatusReportPublication from '#models/status_report_publication'

type Period = Pick<StatusReport, 'periodStartOn'>

/** A published report with its content. */
export async function publicationOf(report: { id: string }) {
  const { body, sha256 } = await StatusReportPublication.query()
    .where('report_id', report.id)
    .firstOrFail()
  return { content: readContent(body), body, sha256 }
}

/** The content of a project's latest published report; null before the first. */
export async function lastContent(project: { id: string }): Promise<ReportContent | null> {
  const last = await StatusReport.latest(project)
  return last ? (await publicationOf(last)).content : null
}

/** The start of the time whose changes are reported: the last report, or the beginning of the period. */
export function sinceOf(last: ReportContent | null, { periodStartOn }: Period): Since {
  if (last) return { at: last.published_at!, state: last.state }
  return { at: startOfDay(periodStartOn).toISO()!, state: NOTHING }
}

/**
 * What an unpublished report would contain besides its text. A correction keeps the records as they were reported: it
 * corrects the text.
 */
export async function surroundingsOf(
  project: Project,
  report: StatusReport
): Promise<Surroundings> {
  if (report.correctsId) return ofCorrected(report.correctsId)
  const last = await lastContent(project)
  const { content, state } = await recordOf(project, sinceOf(last, report))
  const computed = await computedHealthOf(project)
  return {
    record: content,
    state,
    previous: said(last),
    computed: Object.fromEntries(
      Object.entries(computed).map(([dimension, { rating }]) => [dimension, rating])
    ),
    corrects: null,
  }
}

async function ofCorrected(id: string): Promise<Surroundings> {
  const { content, sha256 } = await publicationOf({ id })
  const pick = (value: (row: ReportContent['ratings'][number]) => Rating | null) =>
    Object.fromEntries(content.ratings.map((row) => [row.dimension, value(row) ?? undefined]))
  return {
    record: content.record,
    state: content.state,
    previous: pick(({ previous }) => previous),
    computed: pick(({ computed }) => computed),
    corrects: sha256,
  }
}

/** The last report's rating of each dimension. */
function said(last: ReportContent | null): Partial<Record<Dimension, Rating>> {
  return Object.fromEntries((last?.ratings ?? []).map((row) => [row.dimension, row.rating]))
}
