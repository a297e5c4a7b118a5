import type { HttpContext } from '@adonisjs/core/http'
import { criterionIn, ownCriterionIn } from '#controllers/gates/loading'
import { toAttributes } from '#controllers/attributes'
import { crumbsTo } from '#controllers/gates/loading'
import { saveOrCompare } from '#controllers/saving'
import { assess, holdOpen, type Judgement } from '#models/gate/assessing'
import { criterionFields } from '#models/gate/fields'
import { offerOwnership } from '#models/gate/ownership'
import { criterionState } from '#pages/gates/criterion_page'
import { assessCriterion } from '#validators/gate'

export default class CriteriaController {
  async show(ctx: HttpContext) {
    const { htmx, params, project, viewer } = ctx
    const { gate, criterion } = await criterionIn(ctx, params.id)
    const state = await criterionState(project, gate, criterion, viewer)
    return htmx.page('pages/gate_criteria/show', state)
  }

  /** Records how far the criterion is met, and who is responsible for it. */
  async update(ctx: HttpContext) {
    const { params, project, request, viewer } = ctx
    const { gate, criterion, page } = await ownCriterionIn(ctx, params.id)
    const { lock_version: version, ...fields } = await request.validateUsing(assessCriterion)
    // Someone who only owns a criterion cannot reassign it.
    if (!viewer.can('gate.update', project)) delete fields.owner_id
    const judgement = toAttributes<Judgement>(fields)
    return saveOrCompare(
      ctx,
      {
        label: 'this criterion',
        type: 'gate_criterion',
        fields: criterionFields,
        mine: judgement,
        action: page,
        page,
        back: page,
        done: page,
        crumbs: crumbsTo(project, [{ href: page, label: criterion.title }]),
        current: 'project.gates',
        message: 'The criterion was saved.',
      },
      async () => {
        await holdOpen(gate, 'assessment')
        await criterion.lockRow(version)
        const owner = await offerOwnership(project, gate, criterion, judgement.ownerId)
        await assess(criterion, judgement)
        await owner.tell()
      }
    )
  }
}
