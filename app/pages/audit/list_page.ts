import { hiddenItems } from '#audit/confidential'
import { sealState } from '#audit/seal_state'
import { publicKeys } from '#audit/settings'
import { itemsBehind, readTrail, type Cursor } from '#audit/trail'
import type { TrailFilter } from '#audit/trail_query'
import type { Viewer } from '#identity/viewer'
import AuditVerification from '#models/audit_verification'
import type Project from '#models/project'
import type RaidItem from '#models/raid_item'
import { presentEvents } from '#pages/audit/entries'
import { appliedChips, auditSelects } from '#pages/audit/filters'
import { auditRow } from '#pages/audit/rows'
import { sealLine } from '#pages/audit/seal_line'
import { verificationWords } from '#pages/audit/verification_words'
import { trail } from '#pages/trail'
import { alike } from '#registries/audit_actions'

export const PER_PAGE = 50

/** The filters in the URL of an audit page. */
export type AuditFilters = Pick<TrailFilter, 'who' | 'type' | 'ref' | 'from' | 'to'> & {
  what?: string
  project?: string
}
export type AuditQuery = AuditFilters & Cursor

/** Whose trail: one item's, one project's, or the whole organisation's. */
export type Scope = { project?: Project; item?: RaidItem }

/** The state of `pages/audit_events/index`. */
export async function auditPage(scope: Scope, query: AuditQuery, viewer: Viewer) {
  const { before, after, ...filters } = query
  if (filters.what) filters.what = alike(filters.what)[0]
  const action = pathOf(scope)
  const link = (changes: object) => withQuery(action, { ...filters, ...changes })
  const page = await readTrail(await boundTo(scope, filters, viewer), PER_PAGE, { before, after })
  const events = await presentEvents(page.events, viewer)
  const selects = await auditSelects(scope, viewer)
  return {
    subject: scope.item ? { ref: scope.item.ref, title: scope.item.title } : null,
    crumbs: crumbsFor(scope),
    organisationId: viewer.organisation.id,
    publicKeys: publicKeys(),
    seal: sealLine(await sealState()),
    verification: scope.project ? null : verificationWords(await AuditVerification.last()),
    list: {
      action,
      clear: action,
      exportHref: exportHref(scope, filters, viewer),
      filters,
      selects,
      hasRefs: !scope.item,
      exampleRef: `${scope.project?.code ?? 'ATLAS'}-R12`,
      applied: appliedChips(filters, selects, link),
      newest: page.newer || (after && events.length === 0) ? link({}) : null,
      summary: `Newest first, ${PER_PAGE} a page`,
      previous: page.newer && events.length ? link({ after: events[0].sequence }) : null,
      next: page.older && events.length ? link({ before: events.at(-1)!.sequence }) : null,
      events: events.map((entry) => auditRow(entry, scope.item !== undefined)),
    },
  }
}

/** The filters within the scope; a ref finds nothing that the viewer may not see. */
export async function boundTo(
  { project, item }: Scope,
  { project: ofProject, what, ...filters }: AuditFilters,
  viewer: Viewer
): Promise<TrailFilter> {
  const actions = what ? alike(what) : undefined
  const projectId = project?.id ?? ofProject
  const bound: TrailFilter = { ...filters, actions, projectId, itemId: item?.id }
  if (filters.ref) {
    bound.withoutItems = await hiddenItems(await itemsBehind(filters.ref), viewer)
  }
  return bound
}

function pathOf({ project, item }: Scope) {
  if (!project) return '/audit'
  return item ? `/projects/${project.id}/raid/${item.id}/audit` : `/projects/${project.id}/audit`
}

function crumbsFor({ project, item }: Scope) {
  if (!project) return null
  if (!item) return trail(project)
  const raid = `/projects/${project.id}/raid`
  return trail(
    project,
    { href: raid, label: 'RAID log' },
    { href: `${raid}/${item.id}`, label: item.ref }
  )
}

/** An item's trail is exported as its project's, filtered by its ref. */
function exportHref({ project, item }: Scope, filters: AuditFilters, viewer: Viewer) {
  if (!viewer.can('audit.export', project)) return null
  const path = project ? `/projects/${project.id}/audit.csv` : '/audit.csv'
  return withQuery(path, item ? { ...filters, ref: item.ref } : filters)
}

function withQuery(path: string, values: Record<string, string | undefined>) {
  const present = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1])
  const query = new URLSearchParams(present).toString()
  return query ? `${path}?${query}` : path
}
