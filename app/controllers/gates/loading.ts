import type { HttpContext } from '@adonisjs/core/http'
import Gate from '#models/gate'
import GateCriterion from '#models/gate_criterion'
import GateCriterionPolicy from '#policies/gate_criterion_policy'

/** The gate and the criterion in the address. */
export async function criterionIn({ params, project }: HttpContext, id: string) {
  const gate = await Gate.findIn(project, params.gate_id)
  const criterion = await GateCriterion.findIn(gate, id)
  const page = `/projects/${project.id}/gates/${gate.id}/criteria/${criterion.id}`
  return { gate, criterion, page }
}

/** The same, for people who may assess the criterion. */
export async function ownCriterionIn(ctx: HttpContext, id: string) {
  const found = await criterionIn(ctx, id)
  await ctx.bouncer.with(GateCriterionPolicy).authorize('assess', found.criterion, ctx.project)
  return found
}

/** The breadcrumb of a record of a project's gates. */
export function crumbsTo({ id }: { id: string }, rest: { href: string; label: string }[]) {
  return [{ href: `/projects/${id}/gates`, label: 'Gates' }, ...rest]
}
