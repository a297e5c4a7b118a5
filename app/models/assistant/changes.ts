import { startOfDay } from '#models/days'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A change to a record: which of its fields changed, not their values. */
export type ProjectChange = {
  /** The record itself, or what it belongs to if it is a part. */
  entityId: string
  target: string | null
  action: string
  fields: string[]
}

const MOST = 400

/**
 * What the trail says about a project since a day, newest first. Neither the actors nor the values that the trail
 * keeps: no one may pass those on.
 */
export function changesSince(project: Project, day: string): Promise<ProjectChange[]> {
  const { trx, organisationId } = Tenancy.current()
  return sql<ProjectChange>(
    trx,
    `select told.entity_id as "entityId", told.target, told.action,
       array(select distinct regexp_replace(path, '@before$', '') from audit.event_values
         where event_values.organisation_id = told.organisation_id
           and event_values.event_id = told.id order by 1) as fields
       from (select organisation_id, id, seq, entity_id, target, action from audit.events
              where organisation_id = ? and project_id = ? and occurred_at >= ?::timestamptz
                and entity_type = any(?)
              order by seq desc limit ${MOST}) told
      order by told.seq desc`,
    [organisationId, project.id, startOfDay(day).toISO(), TYPES]
  )
}

/** Only these: who asked the assistant what, and who read the trail, is not part of the project’s story. */
const TYPES = ['project', 'gate', 'gate_criterion', 'gate_condition', 'raid_item', 'task'].concat([
  'comment',
  'gate_evidence',
])
