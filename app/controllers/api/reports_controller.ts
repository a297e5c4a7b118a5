import type { HttpContext } from '@adonisjs/core/http'
import { answerCreated, answerList, answerRecord, layOver } from '#controllers/api/answers'
import { refuseUnknownFields } from '#controllers/api/body'
import { queryOf } from '#controllers/api/query'
import { reportInput, reportOf } from '#controllers/reports/input'
import { beginReport, saveDraft } from '#models/report/drafting'
import { tellReport as told, reportForm, reports } from '#pages/api/reports'
import { storeReport } from '#validators/report'

export default class ReportsController {
  async index(ctx: HttpContext) {
    return answerList(ctx, await reports(ctx.project, ctx.viewer, queryOf(ctx)))
  }

  /** Begins a report, filled from the records of its period. */
  async store(ctx: HttpContext) {
    refuseUnknownFields(ctx)
    const input = await ctx.request.validateUsing(storeReport)
    const period = { periodStartOn: input.period_start_on, periodEndOn: input.period_end_on }
    const report = (await beginReport(ctx.project, period)).refersTo(ctx.project)
    const path = `/api/v1/projects/${ctx.project.id}/reports/${report.id}`
    return answerCreated(ctx, path, await told(report), report)
  }

  async show(ctx: HttpContext) {
    const report = await reportOf(ctx)
    return answerRecord(ctx, await told(report), report)
  }

  /** Changes a draft; submitting and publishing are for people. */
  async update(ctx: HttpContext) {
    const report = await reportOf(ctx)
    layOver(ctx, {}, report)
    ctx.request.updateBody({ ...(await reportForm(report, ctx.request.body())), then: 'save' })
    const { values, version } = await reportInput(ctx)
    await saveDraft(report, values, version)
    return answerRecord(ctx, await told(report), report)
  }
}
