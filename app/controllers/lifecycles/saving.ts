import type { HttpContext } from '@adonisjs/core/http'
import { crumbsTo } from '#controllers/lifecycles/loading'
import { saveOrCompare, type PlainForm } from '#controllers/saving'
import type LifecycleTemplate from '#models/lifecycle_template'

/** What differs between the forms of a version and of its parts; the version's events cover all of them. */
type VersionForm = Pick<PlainForm, 'label' | 'fields' | 'mine' | 'action' | 'done' | 'message'>

/** Saves the form of a version or one of its parts; if someone else saved first, shows both versions. */
export function saveInVersion(
  ctx: HttpContext,
  version: LifecycleTemplate,
  form: VersionForm,
  save: () => Promise<unknown>
) {
  const shared = {
    type: 'lifecycle',
    entityId: version.id,
    page: `${form.action}/edit`,
    back: `/settings/lifecycles/${version.id}`,
    crumbs: crumbsTo(version),
    current: 'settings',
  }
  return saveOrCompare(ctx, { ...shared, ...form }, save)
}
