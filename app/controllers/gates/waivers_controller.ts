import type { HttpContext } from '@adonisjs/core/http'
import { criterionIn, ownCriterionIn } from '#controllers/gates/loading'
import { chairHolder } from '#models/deciding/chair'
import { holdOpen } from '#models/gate/assessing'
import { answerWaiver, requestWaiver, withdrawWaiver } from '#models/gate/waiver'
import { tellAnswer, tellRequested } from '#models/gate/waiver_notices'
import GateCriterionPolicy from '#policies/gate_criterion_policy'
import { answerRequest, requestExemption } from '#validators/gate'
import { lockVersion } from '#validators/lock_version'

export default class WaiversController {
  /** Asks the chair to waive the criterion. */
  async store(ctx: HttpContext) {
    const { params, project, request, response, session } = ctx
    const { gate, criterion, page } = await ownCriterionIn(ctx, params.id)
    const input = await request.validateUsing(requestExemption)
    await holdOpen(gate, 'reason')
    await criterion.lockRow(input.lock_version)
    await requestWaiver(criterion, input.waiver_as, input.reason)
    await tellRequested(project, gate, criterion)
    session.flash('success', 'The request was sent to the chair.')
    return response.seeOther(page)
  }

  /** The chair’s answer. */
  async update(ctx: HttpContext) {
    const { bouncer, params, project, request, response, session } = ctx
    const { gate, criterion, page } = await criterionIn(ctx, params.id)
    const chair = await chairHolder(project, gate)
    await bouncer.with(GateCriterionPolicy).authorize('answer', chair, project)
    const input = await request.validateUsing(answerRequest)
    await holdOpen(gate, 'answer')
    await criterion.lockRow(input.lock_version)
    await answerWaiver(criterion, input.answer === 'consent', input.comment ?? null)
    await tellAnswer(project, gate, criterion)
    session.flash('success', 'Your answer was recorded.')
    return response.seeOther(page)
  }

  /** Withdraws a request, or the waiver it led to. */
  async destroy(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const { gate, criterion, page } = await ownCriterionIn(ctx, params.id)
    const { lock_version: version } = await request.validateUsing(lockVersion)
    await holdOpen(gate, 'reason')
    await criterion.lockRow(version)
    await withdrawWaiver(criterion)
    session.flash('success', 'The request was withdrawn.')
    return response.seeOther(page)
  }
}
