import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import { partIn } from '#controllers/lifecycles/loading'
import { saveInVersion } from '#controllers/lifecycles/saving'
import {
  addCriterion,
  changeCriterion,
  removeCriterion,
  type CriterionInput,
} from '#models/lifecycle/editing_criteria'
import { criterionFields } from '#models/lifecycle/fields'
import LifecycleTemplateCriterion from '#models/lifecycle_template_criterion'
import LifecycleTemplateGate from '#models/lifecycle_template_gate'
import { criterionFormState } from '#pages/lifecycles/form_page'
import { storeCriterion, updateCriterion } from '#validators/lifecycle'

export default class CriteriaController {
  async create(ctx: HttpContext) {
    const { version, part: gate } = await partIn(ctx, LifecycleTemplateGate, ctx.params.gate_id)
    return ctx.htmx.page('pages/lifecycles/criterion', criterionFormState(version, gate, null))
  }

  async store(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const { version, page, part: gate } = await partIn(ctx, LifecycleTemplateGate, params.gate_id)
    const input = toAttributes<CriterionInput>(await request.validateUsing(storeCriterion))
    await version.holdOpen('title')
    await addCriterion(version, gate, input)
    session.flash('success', 'The criterion was added.')
    return response.seeOther(`${page}#gate-${gate.id}`)
  }

  async edit(ctx: HttpContext) {
    const { version, part } = await partIn(ctx, LifecycleTemplateCriterion, ctx.params.id)
    const gate = await LifecycleTemplateGate.findOrFail(part.gateId)
    return ctx.htmx.page('pages/lifecycles/criterion', criterionFormState(version, gate, part))
  }

  async update(ctx: HttpContext) {
    const { params, request } = ctx
    const { version, page, part } = await partIn(ctx, LifecycleTemplateCriterion, params.id)
    const { lock_version: lock, ...fields } = await request.validateUsing(updateCriterion)
    const input = toAttributes<CriterionInput>(fields)
    const action = `${page}/criteria/${part.id}`
    return saveInVersion(
      ctx,
      version,
      {
        label: 'this criterion',
        fields: criterionFields,
        mine: input,
        action,
        done: `${page}#gate-${part.gateId}`,
        message: 'The criterion was saved.',
      },
      async () => {
        await version.holdOpen('title')
        await changeCriterion(version, part, input, lock)
      }
    )
  }

  async destroy(ctx: HttpContext) {
    const { params, response, session } = ctx
    const { version, page, part } = await partIn(ctx, LifecycleTemplateCriterion, params.id)
    await version.holdOpen('lifecycle')
    await removeCriterion(version, part)
    session.flash('success', 'The criterion was removed.')
    return response.seeOther(`${page}#gate-${part.gateId}`)
  }
}
