import { Bouncer } from '@adonisjs/bouncer'
import { errors } from '@adonisjs/core'
import { Exception } from '@adonisjs/core/exceptions'
import type { HttpContext } from '@adonisjs/core/http'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { shownAlerts } from '#identity/alerts'
import { Viewer } from '#identity/viewer'
import { unreadAhead, unreadLabel } from '#models/notification/list'
import Project, { type ProjectRow } from '#models/project'
import ProjectPolicy from '#policies/project_policy'
import type { Ability } from '#policies/permissions'
import type { Entry } from '#tenancy/entry'

const FILE = /\.\w+$/

/** The form was rendered for another organisation than the active one: in a tab that stayed open. */
class OrganisationMismatch extends Exception {
  static status = 409
  static code = 'E_ORGANISATION_MISMATCH'

  constructor(readonly organisationId: string) {
    super('This page belongs to another organisation')
  }
}

/** Queries that nearly every page needs, sent together with the one that admits the person. */
export type AskedAhead = { project?: Promise<ProjectRow>; unread?: Promise<string | null> }

/** Queries what the address names, before it is known whether the person may see it. */
export function askAhead(
  ctx: HttpContext,
  trx: TransactionClientContract,
  organisationId: string
): AskedAhead {
  const { project_id: projectId } = ctx.params
  return {
    project: projectId ? Project.ahead(trx, organisationId, projectId) : undefined,
    unread: rendersPage(ctx) ? unreadAhead(trx, organisationId) : undefined,
  }
}

/** The person, the project they name, and whether they may. */
export async function admit(
  ctx: HttpContext,
  entry: Entry,
  ability: Ability,
  ahead: AskedAhead = {}
) {
  ctx.viewer = new Viewer(entry)
  ctx.bouncer = new Bouncer(ctx.viewer)
  ctx.unreadLabel = unreadLabelOf(ctx, ahead)
  ctx.view.share({
    viewer: ctx.viewer,
    organisation: ctx.viewer.organisation,
    alerts: shownAlerts(ctx, entry.alerts, ctx.viewer.organisation.id),
    unreadLabel: ctx.unreadLabel,
  })
  if (!ctx.token) refuseStaleForm(ctx)
  if (ctx.params.project_id) {
    ctx.project = await Project.findVisible(ctx.viewer, ctx.params.project_id, ahead.project)
    ctx.view.share({ project: ctx.project })
  }
  await ctx.bouncer.with(ProjectPolicy).authorize('use', ability, ctx.project)
}

/** Counted once, and only if a page shows it. Rejects once the transaction has ended. */
function unreadLabelOf({ viewer }: HttpContext, { unread }: AskedAhead) {
  let label = unread
  return () => (label ??= unreadLabel(viewer.membershipId))
}

/** What a browser navigates to and is not a file: nearly all of it shows the whole page. */
function rendersPage({ htmx, request, token }: HttpContext) {
  return request.method() === 'GET' && !token && !htmx.isPartial && !FILE.test(request.url())
}

/** A form of an organisation that is not the person's tells a forger no more than any unknown address. */
function refuseStaleForm({ request, viewer }: HttpContext) {
  if (['GET', 'HEAD'].includes(request.method())) return
  const rendered = request.input('organisation_id')
  if (!rendered || rendered === viewer.organisation.id) return
  if (viewer.organisations.some(({ id }) => id === rendered))
    throw new OrganisationMismatch(rendered)
  throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
}
