import type { Viewer } from '#identity/viewer'
import { IS_OVERDUE } from '#models/condition/states'
import { today } from '#models/days'
import { memberName } from '#models/membership/looked_up'
import type { RaidType } from '#models/raid/enumerations'
import { scoring } from '#models/raid/scoring'
import { isOpenOf } from '#models/raid/transitions'
import { visibleItems } from '#models/raid/visibility'
import Tenancy from '#tenancy/tenancy'

/** What the list shows of each project besides its own columns, read for the projects of one page only. */
export function overview(viewer: Viewer) {
  return [...peopleAndStages(), ...reports(), isLapsed(), open(viewer)]
}

function peopleAndStages() {
  const { trx } = Tenancy.current()
  return [
    trx.raw(`${memberName('projects', 'manager_id')} as manager_name`),
    trx.raw(`${ofStage('name')} as stage_name`),
    trx.raw(`${ofStage('position::integer')} as stage_number`),
    trx.raw(`(select count(*)::integer from stages where stages.organisation_id = projects.organisation_id
      and stages.project_id = projects.id) as stage_count`),
  ]
}

function ofStage(expression: string) {
  return `(select stages.${expression} from stages
    where stages.organisation_id = projects.organisation_id and stages.id = projects.stage_id)`
}

function reports() {
  const { trx } = Tenancy.current()
  const timeZone = Tenancy.organisationsZone
  return [
    trx.raw(
      `(select (published_at at time zone ?)::date::text from status_reports
        where ${PUBLISHED} and status_reports.version = 1 order by number desc limit 1) as reported_on`,
      [timeZone]
    ),
    trx.raw(`(select status_reports.id from status_reports
      where ${PUBLISHED} order by number desc, version desc limit 1) as report_id`),
    trx.raw(`(projects.created_at at time zone ?)::date::text as created_on`, [timeZone]),
  ]
}

const PUBLISHED = `status_reports.organisation_id = projects.organisation_id
  and status_reports.project_id = projects.id and status_reports.state = 'published'`

function isLapsed() {
  return Tenancy.current().trx.raw(
    `exists (select from gate_conditions
      where gate_conditions.organisation_id = projects.organisation_id
        and gate_conditions.project_id = projects.id
        and gate_conditions.state in ('open', 'claimed') and ${IS_OVERDUE}) as is_lapsed`,
    [today()]
  )
}

/** Counted from an index in which the entries of each type are together. */
function open(viewer: Viewer) {
  const [visible, values] = visibleItems(viewer)
  return Tenancy.current().trx.raw(
    `(select json_build_object('risk', risks.open, 'severe', risks.severe, ${countsOf(visible)})
      from (select count(*) as open, count(*) filter (where rating >= ?) as severe
        from raid_items where ${openIn('risk', visible)}) risks) as open`,
    [...COUNTED.flatMap(() => values), ...values, scoring().bands.severe.from, ...values] as any[]
  )
}

const COUNTED = ['assumption', 'issue', 'dependency'] as const

/** A dependency is in the logs of both its projects. */
function countsOf(visible: string) {
  const counts = COUNTED.map(
    (type) => `'${type}', (select count(*) from raid_items where ${openIn(type, visible)})`
  )
  return `${counts.join(', ')} + (select count(*) from raid_items
    where raid_items.organisation_id = projects.organisation_id
      and raid_items.counterpart_project_id = projects.id
      and ${isOpenOf('dependency')} and ${visible})`
}

function openIn(type: RaidType, visible: string) {
  return `raid_items.organisation_id = projects.organisation_id
    and raid_items.project_id = projects.id and ${isOpenOf(type)} and ${visible}`
}
