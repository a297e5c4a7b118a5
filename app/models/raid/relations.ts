import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import type Project from '#models/project'
import { directionFrom } from '#models/raid/agreement'
import type { RaidType, Side } from '#models/raid/enumerations'
import { narrowToProgramme } from '#models/raid/narrowing'
import { ANOTHER, labelOf, namesOfProjects, type ProjectName } from '#models/raid/other_projects'
import { refOf } from '#models/raid/refs'
import { inLogOf, onVisibleSide, visibleItems } from '#models/raid/visibility'
import { linkKinds, type LinkKind } from '#models/raid_link'
import { Conditions, type Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** One end of a relation. `key` is the same for the same thing. */
export type End = { key: string; label: string; title: string | null; href: string | null }

/** A connection from one record or project to another; a dependency goes from the giver to the receiver. */
export type Relation = {
  from: End
  to: End
  /** Its kind, and for a dependency its status. */
  kind: 'dependency' | LinkKind
  status: string | null
  /** The dependency itself. */
  item: { ref: string; title: string; href: string } | null
  dueOn: string | null
  isOverdue: boolean
}

/** The most that are shown: the worst and the soonest first. */
export const MOST_RELATIONS = 400

type Row = {
  id: string
  project_id: string
  counterpart_project_id: string
  number: number
  title: string
  status: string
  direction: string
  due_on: string | null
  is_late: boolean
}

/** How a project's entries relate to each other, and to other projects. */
export async function relationsOf(project: Project, viewer: Viewer): Promise<Relation[]> {
  const rows = await dependencies(inLogOf(project, viewer))
  const names = await namesIn(rows, viewer)
  return [...rows.map((row) => fromProject(row, project, names)), ...(await links(project, viewer))]
}

/** The dependencies between projects of which the viewer may see one, or those of a programme's projects. */
export async function relationsAcross(
  viewer: Viewer,
  programmeId: string | null
): Promise<Relation[]> {
  const conditions = new Conditions().meet(visibleItems(viewer)).meet(onVisibleSide(viewer))
  if (programmeId) narrowToProgramme(conditions, programmeId, { type: 'dependency', viewer })
  const rows = await dependencies([conditions.text, conditions.values])
  const names = await namesIn(rows, viewer)
  return rows.map((row) => betweenProjects(row, names))
}

function dependencies([text, values]: Condition): Promise<Row[]> {
  const { trx, organisationId } = Tenancy.current()
  return read<Row>(
    trx,
    `select raid_items.id, raid_items.project_id, raid_items.counterpart_project_id,
            raid_items.number, raid_items.title, raid_items.status, raid_items.direction,
            raid_items.due_on, coalesce(raid_items.due_on < ?::date, false)
              and raid_items.status in ('proposed', 'agreed', 'at_risk') as is_late
       from raid_items
      where raid_items.organisation_id = ? and raid_items.type = 'dependency'
        and raid_items.counterpart_project_id is not null and raid_items.status <> 'cancelled'
        and ${text}
      order by array_position(array['missed', 'at_risk', 'proposed', 'agreed', 'met'],
        raid_items.status), raid_items.due_on, raid_items.id
      limit ${MOST_RELATIONS}`,
    [today(), organisationId, ...values]
  )
}

function namesIn(rows: Row[], viewer: Viewer) {
  const ids = rows.flatMap((row) => [row.project_id, row.counterpart_project_id])
  return namesOfProjects(ids, viewer)
}

type Names = Map<string, ProjectName>

/** From a project's log: the other project on one end, the entry on the other. */
function fromProject(row: Row, project: Project, names: Names): Relation {
  const side: Side = row.project_id === project.id ? 'home' : 'counterpart'
  const other = side === 'home' ? row.counterpart_project_id : row.project_id
  const item = itemOf(row, names, project.id)
  const own: End = { key: row.id, label: item.ref, title: row.title, href: item.href }
  const theirs = projectEnd(other, names)
  const gives = directionFrom(side, row.direction) === 'outbound'
  return {
    ...factsOf(row),
    ...(gives ? { from: own, to: theirs } : { from: theirs, to: own }),
    item,
  }
}

function betweenProjects(row: Row, names: Names): Relation {
  const home = projectEnd(row.project_id, names)
  const counterpart = projectEnd(row.counterpart_project_id, names)
  const place = names.has(row.project_id) ? row.project_id : row.counterpart_project_id
  const ends =
    row.direction === 'outbound' ? { from: home, to: counterpart } : { from: counterpart, to: home }
  return { ...factsOf(row), ...ends, item: itemOf(row, names, place) }
}

function factsOf({ status, due_on: dueOn, is_late: isOverdue }: Row) {
  return { kind: 'dependency' as const, status, dueOn, isOverdue }
}

function itemOf(row: Row, names: Names, place: string) {
  const code = names.get(row.project_id)?.code ?? null
  return {
    ref: refOf(code, { type: 'dependency', number: row.number }),
    title: row.title,
    href: `/projects/${place}/raid/${row.id}`,
  }
}

/** Projects that the viewer may not know are shown as one. */
function projectEnd(id: string, names: Names): End {
  const project = names.get(id)
  if (!project) return { key: ANOTHER, label: ANOTHER, title: null, href: null }
  return { key: id, label: project.code, title: labelOf(project), href: `/projects/${id}` }
}

type LinkRow = {
  kind: LinkKind
  from_id: string
  from_type: RaidType
  from_number: number
  from_title: string
  to_id: string
  to_type: RaidType
  to_number: number
  to_title: string
}

async function links(project: Project, viewer: Viewer): Promise<Relation[]> {
  const { trx, organisationId } = Tenancy.current()
  const [visible, values] = visibleItems(viewer, project)
  const shown = `(select raid_items.id, raid_items.organisation_id, raid_items.type, raid_items.number,
      raid_items.title from raid_items
    where raid_items.organisation_id = ? and raid_items.project_id = ? and ${visible})`
  const own = [organisationId, project.id, ...values]
  const rows = await read<LinkRow>(
    trx,
    `select raid_links.kind, raid_links.from_id, one.type as from_type, one.number as from_number,
            one.title as from_title, raid_links.to_id, other.type as to_type,
            other.number as to_number, other.title as to_title
       from ${shown} one
       join raid_links on raid_links.organisation_id = one.organisation_id
        and raid_links.from_id = one.id
       join ${shown} other on other.organisation_id = raid_links.organisation_id
        and other.id = raid_links.to_id
      order by raid_links.id desc limit ${MOST_RELATIONS}`,
    [...own, ...own]
  )
  return rows.map((row) => ({
    from: itemEnd(project, row, 'from'),
    to: itemEnd(project, row, 'to'),
    kind: row.kind,
    status: null,
    item: null,
    dueOn: null,
    isOverdue: false,
  }))
}

function itemEnd(project: Project, row: LinkRow, end: 'from' | 'to'): End {
  const id = row[`${end}_id`]
  return {
    key: id,
    label: refOf(project.code, { type: row[`${end}_type`], number: row[`${end}_number`] }),
    title: row[`${end}_title`],
    href: `/projects/${project.id}/raid/${id}`,
  }
}

/** How a link reads from its first end. */
export function linkWords(kind: LinkKind) {
  return linkKinds[kind].out
}
