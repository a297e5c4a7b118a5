import type Project from '#models/project'
import { projectStatuses } from '#models/project/states'
import { visibilities } from '#models/project/visibility'
import type { Field } from '#models/raid/fields'
import type { Comparison } from '#pages/comparison'
import { projectFormValues } from '#pages/projects/form_page'
import type { Values } from '#pages/two_versions'

/** A project that two people edited. */
export async function projectComparison(present: Project, mine: Values): Promise<Comparison> {
  const { code, id } = present
  const page = `/projects/${id}`
  const stages = await present.related('stages').query()
  return {
    label: code,
    eyebrow: code,
    type: 'project',
    action: page,
    back: page,
    crumbs: [],
    fields: fieldsOfProject(Object.fromEntries(stages.map((stage) => [stage.id, stage.name]))),
    present,
    mine,
    theirs: projectFormValues(present),
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
