import { type DateTime } from 'luxon'
import type { Dimension, Rating } from '#models/health/enumerations'
import { canonical, sha256, type Json } from '#models/pack/canonical'
import type Project from '#models/project'
import type { RecordContent, RecordState } from '#models/report/record/content'
import type { ReportParts } from '#models/report/parts'
import type StatusReport from '#models/status_report'

/** One dimension in a report: what was said, compared with the previous report and what is computed. */
export type ContentRating = {
  dimension: Dimension
  rating: Rating
  /** In the previous report; null when there was none. */
  previous: Rating | null
  computed: Rating
  reason: string | null
  path_to_green: string | null
  difference_reason: string | null
}

type ContentDecision = { what: string; owner_id: string | null; due_on: string | null }

/** Everything in a report. People are given as ids: names can be erased, reports cannot. */
export type ReportContent = {
  project: {
    id: string
    code: string
    name: string
    manager_id: string | null
    sponsor_id: string | null
  }
  report: { id: string; ref: string; number: number; version: number }
  /** The seal of the version that this one corrects, and why. */
  corrects: string | null
  correction_reason: string | null
  period_start_on: string
  period_end_on: string
  author_id: string
  submitted_by: string | null
  submitted_at: string | null
  published_by: string | null
  published_at: string | null
  summary: string | null
  achieved: string | null
  planned: string | null
  budget: string | null
  ratings: ContentRating[]
  decisions: ContentDecision[]
  record: RecordContent
  /** The state of the records: from it the next report tells what changed. */
  state: RecordState
}

/** What the content is built from besides the report and its parts. */
export type Surroundings = {
  record: RecordContent
  state: RecordState
  previous: Partial<Record<Dimension, Rating>>
  computed: Partial<Record<Dimension, Rating>>
  corrects: string | null
}

/** All that a report says, as it would be frozen now. */
export function contentOf(
  project: Project,
  report: StatusReport,
  { ratings, decisions }: ReportParts,
  { record, state, previous, computed, corrects }: Surroundings
): ReportContent {
  return {
    project: {
      id: project.id,
      code: project.code,
      name: project.name,
      manager_id: project.managerId ?? null,
      sponsor_id: project.sponsorId ?? null,
    },
    report: { id: report.id, ref: report.ref, number: report.number, version: report.version },
    corrects,
    correction_reason: report.correctionReason,
    period_start_on: report.periodStartOn,
    period_end_on: report.periodEndOn,
    author_id: report.authorId,
    submitted_by: report.submittedBy,
    submitted_at: momentOf(report.submittedAt),
    published_by: report.publishedBy,
    published_at: momentOf(report.publishedAt),
    ...textsOf(report),
    ratings: ratings.map((row) => ({
      dimension: row.dimension,
      rating: row.rating,
      previous: previous[row.dimension] ?? null,
      computed: computed[row.dimension] ?? 'not_rated',
      reason: row.reason,
      path_to_green: row.pathToGreen,
      difference_reason: row.differenceReason,
    })),
    decisions: decisions.map(({ what, ownerId, dueOn }) => ({
      what,
      owner_id: ownerId,
      due_on: dueOn,
    })),
    record,
    state,
  }
}

function textsOf({ summary, achieved, planned, budget }: StatusReport) {
  return { summary, achieved, planned, budget }
}

function momentOf(at: DateTime | null) {
  return at && at.toUTC().toISO()
}

/** Freezes content: one text, and so one hash, for the same report. */
export function sealReport(organisation: string, content: ReportContent) {
  const body = canonical({
    kind: 'orchestrate status report',
    format: 1,
    organisation,
    ...(content as unknown as Record<string, Json>),
  })
  return { body, sha256: sha256(body) }
}

/** The content of a frozen report. */
export function readContent(body: string): ReportContent {
  return JSON.parse(body)
}
