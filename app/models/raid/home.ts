import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { Viewer } from '#identity/viewer'
import { memberName } from '#models/membership/looked_up'
import type Project from '#models/project'
import { today } from '#models/days'
import type { Priority, RaidType } from '#models/raid/enumerations'
import { scoring } from '#models/raid/scoring'
import { IS_OPEN, isOpenOf } from '#models/raid/transitions'
import { onlyVisible, sharedWith } from '#models/raid/visibility'
import { read, readBuilt } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type HomeRow = {
  id: string
  type: RaidType
  number: number
  title: string
  owner_id: string | null
  owner_name: string | null
  owner_label: string | null
  due_on: string | null
  current_likelihood: number | null
  current_impact: number | null
  severity: number | null
  urgency: number | null
  priority_override: Priority | null
}

const COLUMNS = [
  'id',
  'type',
  'number',
  'title',
  'owner_id',
  'owner_label',
  'due_on',
  'current_likelihood',
  'current_impact',
  'severity',
  'urgency',
  'priority_override',
].map((column) => `raid_items.${column}`)

const OWNER_NAME = `${memberName('raid_items', 'owner_id')} as owner_name`

/**
 * How severe an entry is on one scale for risks and issues: score, or severity times urgency. A chosen priority counts
 * as the top of its band.
 */
const WEIGHT = `case type when 'risk' then current_likelihood * current_impact
  when 'issue' then case priority_override when 'critical' then ? when 'high' then ?
    when 'medium' then ? when 'low' then ? else severity * urgency end end`

/** The five most severe open risks and issues. */
export function topItems(project: Project, viewer: Viewer): Promise<HomeRow[]> {
  const { bands } = scoring()
  const tops = [bands.severe.to, bands.high.to, bands.medium.to, bands.low.to]
  const weightiest = open(project, viewer)
    .whereIn('raid_items.type', ['risk', 'issue'])
    .whereRaw(`${WEIGHT} > 0`, tops)
    .orderByRaw(`${WEIGHT} desc, raid_items.id`, tops)
    .select(...COLUMNS, raw(OWNER_NAME))
    .limit(5)
  return readBuilt(Tenancy.current().trx, weightiest)
}

/** Whether the log has never had an entry. */
export async function isLogEmpty({ id }: Project): Promise<boolean> {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read(
    trx,
    'select 1 from raid_items where organisation_id = ? and project_id = ? limit 1',
    [organisationId, id]
  )
  return rows.length === 0
}

/** The five open entries that are longest overdue. */
export function overdueItems(project: Project, viewer: Viewer): Promise<HomeRow[]> {
  const latest = open(project, viewer)
    .whereRaw('raid_items.due_on < ?', [today()])
    .orderBy('raid_items.due_on')
    .orderBy('raid_items.id')
    .select(...COLUMNS, raw(OWNER_NAME))
    .limit(5)
  return readBuilt(Tenancy.current().trx, latest)
}

export type RaidFigures = Record<
  | 'severe'
  | 'openRisks'
  | 'openIssues'
  | 'openAssumptions'
  | 'openDependencies'
  | 'overdue'
  | 'dueReviews',
  number
> & {
  /** The type of most entries due for review; null when there are none. */
  reviewedType: RaidType | null
}

/** What is open in a project, counted in one query. */
export async function raidFigures(project: Project, viewer: Viewer): Promise<RaidFigures> {
  const counted = (condition: string, name: string, values: Value[] = []) =>
    raw(`count(*) filter (where ${condition})::integer as "${name}"`, values)
  const query = open(project, viewer).select(
    counted(`type = 'risk' and rating >= ?`, 'severe', [scoring().bands.severe.from]),
    counted(`type = 'risk'`, 'openRisks'),
    counted(`type = 'issue'`, 'openIssues'),
    counted(`type = 'assumption'`, 'openAssumptions'),
    dependencies(project, viewer),
    counted('due_on < ?', 'overdue', [today()]),
    counted('next_review_on <= ?', 'dueReviews', [today()]),
    raw(
      `mode() within group (order by type) filter (where next_review_on <= ?) as "reviewedType"`,
      [today()]
    )
  )
  const [figures] = await readBuilt<RaidFigures>(Tenancy.current().trx, query)
  return figures
}

/** A dependency is in the logs of both its projects. */
function dependencies(project: Project, viewer: Viewer) {
  const [shared, values] = sharedWith(project, viewer)
  return raw(
    `(count(*) filter (where type = 'dependency') + (select count(*) from raid_items
      where raid_items.organisation_id = ? and ${shared} and ${isOpenOf('dependency')}))::integer
      as "openDependencies"`,
    [Tenancy.current().organisationId, ...(values as Value[])]
  )
}

function open(project: Project, viewer: Viewer): DatabaseQueryBuilderContract<any> {
  const { trx, organisationId } = Tenancy.current()
  const query = trx
    .from('raid_items')
    .where('raid_items.organisation_id', organisationId)
    .where('raid_items.project_id', project.id)
    .whereRaw(IS_OPEN)
  onlyVisible(query, viewer, project)
  return query
}

type Value = number | string

function raw(text: string, values: Value[] = []) {
  return Tenancy.current().trx.raw(text, values)
}
