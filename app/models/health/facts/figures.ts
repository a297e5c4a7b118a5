import { IS_OVERDUE } from '#models/condition/states'
import { today } from '#models/days'
import { scoring } from '#models/raid/scoring'
import { IS_OPEN } from '#models/raid/transitions'
import { settledTaskStatuses } from '#models/task/states'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Open entries that are high, and those among them that are severe or critical. */
export type Weighed = { high: number; severe: number }

/** Threats and issues of one category. An issue that was a risk has the risk's category. */
export type ByCategory = { category: string; risks: Weighed; issues: Weighed }

/** What is counted in the records of one project. */
export type Figures = {
  projectId: string
  code: string
  /** It is closed or cancelled. */
  isOver: boolean
  /** Conditions that let their approval lapse. */
  lapsed: number
  tasks: {
    open: number
    overdue: number
    blocked: number
    /** Overdue, and given to somebody who is no longer a member. */
    orphaned: number
  }
  /** Somebody keeps the RAID log: there is an entry, open or not. */
  hasLog: boolean
  /** Overdue entries that nobody owns. */
  unowned: number
  /** Requests for change and off-specifications. */
  changes: Weighed
  categories: ByCategory[]
  /** Open dependencies to or from other projects: all, those not agreed by both, at risk or late, and missed. */
  shared: { open: number; unsettled: number; missed: number }
}

/** Issues are rated by their priority in hundreds. */
const HIGH = 300
const CRITICAL = 400

export function figuresOf(projectIds: string[]): Promise<Figures[]> {
  const { trx, organisationId } = Tenancy.current()
  const { high, severe } = scoring().bands
  return read<Figures>(trx, FIGURES, [
    today(),
    today(),
    today(),
    settledTaskStatuses,
    today(),
    today(),
    severe.from,
    high.from,
    organisationId,
    projectIds,
  ])
}

const count = (condition: string) => `(count(*) filter (where ${condition}))::integer`

const CATEGORY = `coalesce(entries.category, (
  select source.category from raid_links
  join raid_items source on source.organisation_id = raid_links.organisation_id
    and source.id = raid_links.from_id
  where raid_links.organisation_id = projects.organisation_id and raid_links.to_id = entries.id
    and raid_links.kind = 'realised_as' limit 1))`

const weighed = (condition: string) => `json_build_object(
  'high', ${count(condition)}, 'severe', ${count(`${condition} and weight = 2`)})`

const OF_PROJECT = `raid_items.organisation_id = projects.organisation_id
  and raid_items.project_id = projects.id`

/** A dependency between projects counts in both, however few may read it: it is counted, not told. */
const SHARED_SIDES = (['project_id', 'counterpart_project_id'] as const)
  .map(
    (side) => `select raid_items.status, raid_items.due_on, raid_items.home_answer,
        raid_items.counterpart_answer from raid_items
      where raid_items.organisation_id = projects.organisation_id
        and raid_items.${side} = projects.id and raid_items.type = 'dependency'
        and raid_items.counterpart_project_id is not null
        and raid_items.status in ('proposed', 'agreed', 'at_risk', 'missed')`
  )
  .join(' union all ')

const IS_UNSETTLED = `status <> 'agreed' or due_on < ? or home_answer is distinct from 'agreed'
  or counterpart_answer is distinct from 'agreed'`

/** Reads only entries that are high, which an index finds, and lets the many others be. */
const FIGURES = `
  select projects.id as "projectId", projects.code,
    projects.status in ('closed', 'cancelled') as "isOver",
    (select count(*)::integer from gate_conditions
      where gate_conditions.organisation_id = projects.organisation_id
        and gate_conditions.project_id = projects.id
        and gate_conditions.state in ('open', 'claimed') and ${IS_OVERDUE}) as lapsed,
    (select json_build_object('open', count(*)::integer,
        'overdue', ${count('tasks.due_on < ?')},
        'blocked', ${count(`tasks.status = 'blocked'`)},
        'orphaned', ${count(`tasks.due_on < ? and memberships.status <> 'active'`)})
      from tasks left join memberships on memberships.organisation_id = tasks.organisation_id
        and memberships.id = tasks.assignee_id
      where tasks.organisation_id = projects.organisation_id and tasks.project_id = projects.id
        and tasks.status <> all(?)) as tasks,
    exists (select from raid_items where ${OF_PROJECT}) as "hasLog",
    (select count(*)::integer from raid_items where ${OF_PROJECT} and owner_id is null
      and owner_label is null and due_on < ? and ${IS_OPEN}) as unowned,
    (select json_build_object('open', count(*)::integer,
        'unsettled', ${count(`status <> 'missed' and (${IS_UNSETTLED})`)},
        'missed', ${count(`status = 'missed'`)})
      from (${SHARED_SIDES}) shared) as shared,
    log.changes, log.categories
  from projects
  cross join lateral (
    with entries as (
      select id, type, issue_kind, category, case when rating >= ? then 2 else 1 end as weight
      from raid_items where ${OF_PROJECT} and type = 'risk' and nature = 'threat' and rating >= ?
        and ${IS_OPEN}
      union all
      select id, type, issue_kind, category, case when rating >= ${CRITICAL} then 2 else 1 end
      from raid_items where ${OF_PROJECT} and type = 'issue' and rating >= ${HIGH} and ${IS_OPEN}
    ), placed as materialized (select type, weight, ${CATEGORY} as category from entries)
    select ${weighed(`type = 'issue' and issue_kind <> 'problem_concern'`)} as changes,
      (select coalesce(json_agg(found), '[]') from (
        select category, ${weighed(`type = 'risk'`)} as risks, ${weighed(`type = 'issue'`)} as issues
        from placed where category is not null group by category order by category
      ) found) as categories
    from entries) log
  where projects.organisation_id = ? and projects.id = any(?)`
