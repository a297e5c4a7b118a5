import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import { roledNames, type RoledName } from '#models/project/names'
import { visibleProjects } from '#models/project/visibility'
import { refLetters } from '#models/raid/enumerations'
import { visibleItems } from '#models/raid/visibility'
import type { Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** What the ids in a stretch of the trail refer to, as far as the viewer may know. */
export type References = {
  people: Map<string, string>
  projects: Map<string, RoledName>
  /** People outside, who have no account. */
  externals: Map<string, string>
  /** Anything else with a name or ref of its own, such as stages, tasks and import files. */
  others: Map<string, string>
}

/** Whether a value has the form of our ids. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

/** Resolves ids of any kind in three parallel queries, however many there are. */
export async function resolveReferences(values: unknown[], viewer: Viewer): Promise<References> {
  const ids = [...new Set(values.filter(isId))]
  if (ids.length === 0) {
    return { people: new Map(), projects: new Map(), externals: new Map(), others: new Map() }
  }
  const [people, projects, others] = await Promise.all([
    Membership.names(ids),
    roledNames(viewer, ids),
    otherNames(ids, viewer),
  ])
  return { people, projects: new Map(projects.map((one) => [one.id, one])), ...others }
}

/** A select for each kind of record: its id, what people call it, and whether it is a person outside. */
const NAMES = [
  'select id, name, false as is_external from stages where organisation_id = ? and id = any(?)',
  'select id, file_name, false from imports where organisation_id = ? and id = any(?)',
  'select id, email::text, false from invitations where organisation_id = ? and id = any(?)',
  'select id, name, false from risk_categories where organisation_id = ? and id = any(?)',
  `select id, code || ' ' || name, false from programmes where organisation_id = ? and id = any(?)`,
  `select id, name || ', version ' || version, false from lifecycle_templates
    where organisation_id = ? and id = any(?)`,
  'select id, name, false from gates where organisation_id = ? and id = any(?)',
  'select id, title, false from gate_criteria where organisation_id = ? and id = any(?)',
  'select id, name, false from gate_evidence where organisation_id = ? and id = any(?)',
  `select tasks.id, projects.code || '-T' || tasks.number, false
     from tasks join projects on projects.organisation_id = tasks.organisation_id
      and projects.id = tasks.project_id
    where tasks.organisation_id = ? and tasks.id = any(?)`,
  'select id, name, false from task_attachments where organisation_id = ? and id = any(?)',
  'select id, text, false from checklist_items where organisation_id = ? and id = any(?)',
  'select id, name, false from api_tokens where organisation_id = ? and id = any(?)',
  'select id, name, false from webhook_endpoints where organisation_id = ? and id = any(?)',
  'select id, name, true from external_resources where organisation_id = ? and id = any(?)',
]

const ALL_NAMES = NAMES.join(' union all ')

const LETTERS = Object.entries(refLetters)
  .map(([type, letter]) => `when '${type}' then '${letter}'`)
  .join(' ')

/** Entries of RAID logs have a ref for anyone who may see them. */
function itemNames(viewer: Viewer): Condition {
  const [visible, values] = visibleItems(viewer)
  const [reachable, more] = visibleProjects(viewer) ?? ['true', []]
  return [
    `select raid_items.id, projects.code || '-' || case raid_items.type ${LETTERS} end || raid_items.number,
            false
       from raid_items join projects on projects.organisation_id = raid_items.organisation_id
        and projects.id = raid_items.project_id
      where raid_items.organisation_id = ? and raid_items.id = any(?) and ${visible} and ${reachable}`,
    [...values, ...more],
  ]
}

async function otherNames(ids: string[], viewer: Viewer) {
  const { trx, organisationId } = Tenancy.current()
  const [items, values] = itemNames(viewer)
  const rows = await read<{ id: string; name: string; is_external: boolean }>(
    trx,
    `${ALL_NAMES} union all ${items}`,
    [...NAMES.flatMap(() => [organisationId, ids]), organisationId, ids, ...values]
  )
  const named = (isExternal: boolean) =>
    new Map(rows.filter((row) => row.is_external === isExternal).map(({ id, name }) => [id, name]))
  return { externals: named(true), others: named(false) }
}
