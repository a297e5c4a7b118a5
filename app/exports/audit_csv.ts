import { newestNumber, readTrail } from '#audit/trail'
import type { TrailFilter } from '#audit/trail_query'
import type { CsvColumn } from '#exports/csv_stream'
import { NoLongerAllowed } from '#exports/no_longer_allowed'
import { Viewer } from '#identity/viewer'
import { restrictedFor } from '#models/person_flag'
import Project from '#models/project'
import type { Change } from '#pages/audit/changes'
import { presentEvents, type AuditEntry } from '#pages/audit/entries'
import { boundTo, type AuditFilters } from '#pages/audit/list_page'
import type { Ability } from '#policies/permissions'
import { auditTypes } from '#registries/audit_actions'
import { iso } from '#registries/formats'
import type { Tenant } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

/** One line: an event with one of its changes, or with none. */
type Line = { entry: AuditEntry; change: Change | null }

export const auditColumns: CsvColumn<Line>[] = [
  { header: 'No.', value: ({ entry }) => entry.sequence },
  { header: 'When (UTC)', value: ({ entry }) => iso(entry.at) },
  { header: 'Who', value: ({ entry }) => entry.actor },
  { header: 'As', value: ({ entry }) => entry.actorKind ?? 'Member' },
  { header: 'What', value: ({ entry }) => entry.label },
  { header: 'Record', value: ({ entry }) => auditTypes[entry.event.entityType] ?? null },
  { header: 'Subject', value: ({ entry }) => entry.subject },
  { header: 'Title', value: ({ entry }) => entry.title },
  { header: 'Project', value: ({ entry }) => entry.projectCode },
  { header: 'Field', value: ({ change }) => change?.label ?? null },
  { header: 'Before', value: ({ change }) => change?.note ?? change?.before ?? null },
  { header: 'After', value: ({ change }) => change?.note ?? change?.after ?? null },
]

type AuditExport = {
  tenant: Tenant
  ability: Ability
  projectId: string | null
  filters: AuditFilters
}

const EVENTS_PER_BATCH = 500

/** The last event that an export starting now reads, so that it ends. */
export async function exportEnd() {
  return String(BigInt(await newestNumber()) + 1n)
}

/**
 * The lines of an export, newest first. The request's transaction has ended by the time they are read, so each batch
 * has its own and checks the person's rights again.
 */
export async function* auditLines(request: AuditExport, end: string): AsyncGenerator<Line[]> {
  let before: string | null = end
  while (before) {
    const cursor: string = before
    const batch: Batch = await Tenancy.run(request.tenant, async (entry) => {
      const viewer = entry && new Viewer(entry)
      const filter = viewer && (await allowed(request, viewer))
      if (!viewer || !filter) throw new NoLongerAllowed()
      return readBatch(filter, viewer, cursor)
    })
    yield batch.lines
    before = batch.next
  }
}

type Batch = { lines: Line[]; next: string | null }

async function allowed({ projectId, ability, filters }: AuditExport, viewer: Viewer) {
  const project = projectId ? await Project.findVisible(viewer, projectId) : undefined
  return viewer.can(ability, project) ? boundTo({ project }, filters, viewer) : null
}

async function readBatch(filter: TrailFilter, viewer: Viewer, before: string): Promise<Batch> {
  const { events, older } = await readTrail(filter, EVENTS_PER_BATCH, { before })
  const entries = await presentEvents(events, viewer, { withheld: await restrictedFor(viewer) })
  return { lines: entries.flatMap(toLines), next: older ? events.at(-1)!.seq : null }
}

function toLines(entry: AuditEntry): Line[] {
  if (entry.changes.length === 0) return [{ entry, change: null }]
  return entry.changes.map((change) => ({ entry, change }))
}
