import type { Viewer } from '#identity/viewer'
import { latestChange } from '#models/latest_change'
import type Project from '#models/project'
import { projectStatuses } from '#models/project/states'
import { visibilities } from '#models/project/visibility'
import type { Field } from '#models/raid/fields'
import { projectFormValues } from '#pages/project_form_page'
import { twoVersions, type Values } from '#pages/two_versions'

/** What the page of two versions of a project shows. */
export async function projectConflictState(
  present: Project,
  mine: Values,
  base: unknown,
  viewer: Viewer
) {
  const stages = await present.related('stages').query()
  const fields = fieldsOfProject(Object.fromEntries(stages.map(({ id, name }) => [id, name])))
  const change = await latestChange('project', present.id)
  return {
    record: present,
    changedBy: change.actorName,
    changedAt: change.occurredAt,
    ...(await twoVersions(fields, { theirs: projectFormValues(present), mine, base }, viewer)),
  }
}

function fieldsOfProject(stages: Record<string, string>): Field[] {
  return [
    { key: 'code', label: 'Code', kind: 'line' },
    { key: 'name', label: 'Name', kind: 'line' },
    { key: 'description', label: 'Purpose', kind: 'text' },
    { key: 'managerId', label: 'Project manager', kind: 'person' },
    { key: 'sponsorId', label: 'Sponsor', kind: 'person' },
    { key: 'status', label: 'Status', kind: 'choice', choices: projectStatuses },
    { key: 'stageId', label: 'Stage', kind: 'choice', choices: stages },
    { key: 'baselineStartOn', label: 'Start, baseline', kind: 'date' },
    { key: 'baselineEndOn', label: 'End, baseline', kind: 'date' },
    { key: 'forecastStartOn', label: 'Start, forecast', kind: 'date' },
    { key: 'forecastEndOn', label: 'End, forecast', kind: 'date' },
    { key: 'visibility', label: 'Visibility', kind: 'choice', choices: visibilities },
  ]
}
