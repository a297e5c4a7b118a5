import { IS_OVERDUE } from '#models/condition/states'
import { today } from '#models/days'
import { STANDING_OUTCOME } from '#models/gate/to_come'
import { IS_AT_WORK, IS_OVER } from '#models/project/states'
import { ratingsOf, scoring } from '#models/raid/scoring'
import { IS_OPEN, isOpenOf } from '#models/raid/transitions'
import { IS_OPEN_TASK } from '#models/task/states'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Open entries that are high, and those among them that are severe or critical. */
export type Weighed = { high: number; severe: number }

/** Threats and issues of one category. An issue that was a risk has the risk's category. */
type ByCategory = { category: string; risks: Weighed; issues: Weighed }

/** What is counted in the records of one project. */
export type Figures = {
  projectId: string
  code: string
  /** It is closed or cancelled. */
  isOver: boolean
  /** Conditions because of which their approval lapses. */
  lapsed: number
  /** The first gate that was rejected, while the project goes on. */
  stopped: { id: string; number: number; name: string } | null
  tasks: {
    open: number
    overdue: number
    blocked: number
    /** Overdue, and assigned to someone who is no longer a member. */
    orphaned: number
  }
  /** The RAID log is in use: there is an entry, open or not. */
  hasLog: boolean
  /** Overdue entries that no one owns. */
  unowned: number
  /** Requests for change and off-specifications. */
  changes: Weighed
  categories: ByCategory[]
  /** Open dependencies to or from other projects: all, those not agreed by both, at risk or late, and missed. */
  shared: { open: number; unsettled: number; missed: number }
}

const [HIGH] = ratingsOf('high')
const [CRITICAL] = ratingsOf('critical')

/** The figures of several projects in one query. */
export function figuresOf(projectIds: string[]): Promise<Figures[]> {
  const { trx, organisationId } = Tenancy.current()
  const { high, severe } = scoring().bands
  return read<Figures>(trx, FIGURES, [
    severe.from,
    organisationId,
    projectIds,
    high.from,
    organisationId,
    projectIds,
    today(),
    today(),
    today(),
    today(),
    today(),
    organisationId,
    projectIds,
  ])
}

const count = (condition: string) => `(count(*) filter (where ${condition}))::integer`

const CATEGORY = `coalesce(raid_items.category, (
  select source.category from raid_links
  join raid_items source on source.organisation_id = raid_links.organisation_id
    and source.id = raid_links.from_id
  where raid_links.organisation_id = raid_items.organisation_id and raid_links.to_id = raid_items.id
    and raid_links.kind = 'realised_as' limit 1))`

const weighed = (condition: string) => `json_build_object(
  'high', ${count(condition)}, 'severe', ${count(`${condition} and is_severe`)})`

const OF_PROJECT = `raid_items.organisation_id = projects.organisation_id
  and raid_items.project_id = projects.id`

/** A dependency between projects counts in both, however few may read it: it is counted, not described. */
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

/** Reads only entries that are high, which an index finds, and skips the many others. */
const FIGURES = `
  with entries as materialized (
    select project_id, type, issue_kind, ${CATEGORY} as category, rating >= ? as is_severe
    from raid_items where organisation_id = ? and project_id = any(?) and nature = 'threat'
      and rating >= ? and ${isOpenOf('risk')}
    union all
    select project_id, type, issue_kind, ${CATEGORY}, rating >= ${CRITICAL}
    from raid_items where organisation_id = ? and project_id = any(?)
      and rating >= ${HIGH} and ${isOpenOf('issue')}
  ), placed as (
    select project_id, json_agg(found order by category) as categories from (
      select project_id, category, ${weighed(`type = 'risk'`)} as risks,
        ${weighed(`type = 'issue'`)} as issues
      from entries where category is not null group by project_id, category
    ) found group by project_id
  ), changed as (
    select project_id, ${weighed('true')} as changes
    from entries where type = 'issue' and issue_kind <> 'problem_concern' group by project_id
  )
  select projects.id as "projectId", projects.code,
    ${IS_OVER} as "isOver",
    (select count(*)::integer from gate_conditions
      where gate_conditions.organisation_id = projects.organisation_id
        and gate_conditions.project_id = projects.id
        and gate_conditions.state in ('open', 'claimed') and ${IS_OVERDUE}) as lapsed,
    (select json_build_object('id', gates.id, 'number', gates.number, 'name', gates.name)
      from gates where gates.organisation_id = projects.organisation_id
        and gates.project_id = projects.id and ${IS_AT_WORK} and ${STANDING_OUTCOME} = 'rejected'
      order by gates.position limit 1) as stopped,
    (select json_build_object('open', count(*)::integer,
        'overdue', ${count('tasks.due_on < ?')},
        'blocked', ${count(`tasks.status = 'blocked'`)},
        'orphaned', ${count(`tasks.due_on < ? and memberships.status <> 'active'`)})
      from tasks left join memberships on memberships.organisation_id = tasks.organisation_id
        and memberships.id = tasks.assignee_id
      where tasks.organisation_id = projects.organisation_id and tasks.project_id = projects.id
        and ${IS_OPEN_TASK}) as tasks,
    exists (select from raid_items where ${OF_PROJECT}) as "hasLog",
    (select count(*)::integer from raid_items where ${OF_PROJECT} and owner_id is null
      and owner_label is null and due_on < ? and ${IS_OPEN}) as unowned,
    (select json_build_object('open', count(*)::integer,
        'unsettled', ${count(`status <> 'missed' and (${IS_UNSETTLED})`)},
        'missed', ${count(`status = 'missed'`)})
      from (${SHARED_SIDES}) shared) as shared,
    coalesce(changed.changes, '{"high": 0, "severe": 0}') as changes,
    coalesce(placed.categories, '[]') as categories
  from projects
  left join placed on placed.project_id = projects.id
  left join changed on changed.project_id = projects.id
  where projects.organisation_id = ? and projects.id = any(?)`
