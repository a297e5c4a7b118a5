import type { Viewer } from '#identity/viewer'
import { IS_OVERDUE } from '#models/condition/states'
import { today } from '#models/days'
import { APPROVALS } from '#models/deciding/enumerations'
import { EXPECTED_ON } from '#models/gate/to_come'
import { scoring } from '#models/raid/scoring'
import { isOpenOf } from '#models/raid/transitions'
import { visibleItems } from '#models/raid/visibility'
import type { Condition } from '#tenancy/conditions'
import Tenancy from '#tenancy/tenancy'

/** What is looked up for each project, once for a filter, an order or a column: a join beside `projects`. */
export type Fact = 'rag' | 'confidence' | 'gate' | 'severe' | 'lapsed' | 'report'

/** SQL that joins a fact under its own name, and its values. Each reads an index of its project only. */
export function factJoin(fact: Fact, viewer: Viewer): Condition {
  return joins[fact](viewer)
}

/** A rejected gate is no longer expected: it still blocks the way, but cannot be late. */
const IF_EXPECTED = `case when said.outcome is distinct from 'rejected' then`

const joins: Record<Fact, (viewer: Viewer) => Condition> = {
  rag: () => [
    `left join lateral (select r.rating from project_ratings r
      where r.organisation_id = projects.organisation_id and r.project_id = projects.id
        and r.dimension = 'overall'
      order by r.declared_at desc, r.id desc limit 1) rag on true`,
    [],
  ],
  confidence: () => [
    `left join lateral (select c.rating from delivery_confidences c
      where c.organisation_id = projects.organisation_id and c.project_id = projects.id
      order by c.given_at desc, c.id desc limit 1) confidence on true`,
    [],
  ],
  gate: () => [
    `left join lateral (select gates.id, gates.number, gates.name, gates.status, said.outcome,
        gates.baseline_on, gates.forecast_on,
        ${IF_EXPECTED} ${EXPECTED_ON} end as expected_on,
        ${IF_EXPECTED} greatest(${EXPECTED_ON}, ?::date) - gates.baseline_on end as slip
      from gates
      left join lateral (select d.outcome from gate_decisions d
        where gates.status = 'decided' and d.organisation_id = gates.organisation_id and d.gate_id = gates.id
        order by d.decided_at desc, d.id desc limit 1) said on true
      join stages closed on closed.organisation_id = gates.organisation_id and closed.id = gates.stage_id
      left join stages present on present.organisation_id = projects.organisation_id
        and present.id = projects.stage_id
      where gates.organisation_id = projects.organisation_id and gates.project_id = projects.id
        and closed.position >= coalesce(present.position, 0)
        and not (gates.status = 'decided' and coalesce(said.outcome, 'approved') = any(?))
      order by gates.position limit 1) gate on true`,
    [today(), APPROVALS],
  ],
  severe: (viewer) => {
    const [visible, values] = visibleItems(viewer)
    return [
      `cross join lateral (select count(*)::integer as count from raid_items
        where raid_items.organisation_id = projects.organisation_id
          and raid_items.project_id = projects.id and ${isOpenOf('risk')}
          and raid_items.rating >= ? and ${visible}) severe`,
      [scoring().bands.severe.from, ...values],
    ]
  },
  lapsed: () => [
    `cross join lateral (select count(*)::integer as count from gate_conditions
      where gate_conditions.organisation_id = projects.organisation_id
        and gate_conditions.project_id = projects.id
        and gate_conditions.state in ('open', 'claimed') and ${IS_OVERDUE}) lapsed`,
    [today()],
  ],
  report: () => [
    `left join lateral (select (published_at at time zone ?)::date as on from status_reports
      where status_reports.organisation_id = projects.organisation_id
        and status_reports.project_id = projects.id and status_reports.state = 'published'
        and status_reports.version = 1
      order by number desc limit 1) report on true`,
    [Tenancy.organisationsZone],
  ],
}
