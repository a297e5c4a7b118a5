import type { DateTime } from 'luxon'
import type Project from '#models/project'
import { beginCorrection, beginReport, saveDraft } from '#models/report/drafting'
import { publishReport, submitReport } from '#models/report/steps'
import { partsOf } from '#models/report/parts'
import { valuesOf, type ReportValues } from '#models/report/values'
import StatusReport from '#models/status_report'
import { inDays } from '#tests/support/table'
import type { Person, World } from '#tests/support/world'

export const PERIOD = { periodStartOn: inDays(-30), periodEndOn: inDays(0) }

/** What a report needs to be submitted, whatever the record computes. */
export const COMPLETE: ReportValues = {
  summary: 'The quay wall is on its way.',
  overallRating: 'amber',
  overallReason: 'The crane is late.',
  overallPathToGreen: 'Rent another crane by Friday.',
  overallDifferenceReason: 'The permit is promised.',
}

/** Writes reports of one project without the pages: its manager writes, the PMO publishes. */
export class Reports {
  constructor(
    readonly world: World,
    readonly project: Project
  ) {}

  get url() {
    return `/projects/${this.project.id}/reports`
  }

  async begin(by?: Person) {
    return this.world.inside(
      () => beginReport(this.project, PERIOD),
      by ?? (await this.world.person('manager'))
    )
  }

  /** A draft with everything that a submission requires. */
  async complete(more: ReportValues = {}) {
    const report = await this.begin()
    return this.world.inside(
      async () => {
        const values = valuesOf(report, await partsOf(report))
        await saveDraft(report, { ...values, ...COMPLETE, ...more }, report.lockVersion)
        return report
      },
      await this.world.person('manager')
    )
  }

  async submit(more: ReportValues = {}) {
    const report = await this.complete(more)
    return this.world.inside(
      async () => {
        await submitReport(this.project, report, report.lockVersion)
        return report
      },
      await this.world.person('manager')
    )
  }

  async publish(more: ReportValues = {}, at?: DateTime) {
    return this.release(await this.submit(more), at)
  }

  /** Publishes what was submitted. */
  async release(report: StatusReport, at?: DateTime) {
    return this.world.inside(
      async () => {
        await publishReport(this.project, report, report.lockVersion, at)
        return report
      },
      await this.world.person('pmo')
    )
  }

  /** Publishes the next version of a report. */
  async correct(report: StatusReport, more: ReportValues = {}) {
    const next = await this.world.inside(
      async () => {
        const wrong = (await StatusReport.findOrFail(report.id)).refersTo(this.project)
        const draft = await beginCorrection(this.project, wrong, 'A wrong figure')
        const values = valuesOf(draft, await partsOf(draft))
        await saveDraft(draft, { ...values, ...more }, draft.lockVersion)
        await submitReport(this.project, draft, draft.lockVersion)
        return draft
      },
      await this.world.person('manager')
    )
    return this.release(next)
  }
}
