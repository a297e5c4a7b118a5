import type { HttpContext } from '@adonisjs/core/http'
import { idOrNone } from '#models/ids'
import LifecycleTemplate from '#models/lifecycle_template'
import type LifecycleTemplateCriterion from '#models/lifecycle_template_criterion'
import type LifecycleTemplateGate from '#models/lifecycle_template_gate'
import type LifecycleTemplateStage from '#models/lifecycle_template_stage'

type Part =
  | typeof LifecycleTemplateStage
  | typeof LifecycleTemplateGate
  | typeof LifecycleTemplateCriterion

/** The version in the address, and its page. */
export async function versionIn({ params }: HttpContext) {
  const version = await LifecycleTemplate.findById(params.lifecycle_id)
  return { version, page: `/settings/lifecycles/${version.id}` }
}

/** The version, and one of its parts. Throws E_ROW_NOT_FOUND where it has no such part. */
export async function partIn<P extends Part>(ctx: HttpContext, model: P, id: string) {
  const found = await versionIn(ctx)
  const part = await model
    .query()
    .where({ template_id: found.version.id })
    .where('id', idOrNone(id))
    .firstOrFail()
  return { ...found, part: part as InstanceType<P> }
}

/** The breadcrumb of a version's page. */
export function crumbsTo({ id, title }: LifecycleTemplate) {
  return [
    { href: '/settings/lifecycles', label: 'Lifecycles' },
    { href: `/settings/lifecycles/${id}`, label: title },
  ]
}
