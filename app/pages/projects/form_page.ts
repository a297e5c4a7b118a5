import { locksOf } from '#models/condition/locks'
import { nextGate } from '#models/gate/passage'
import LifecycleTemplate from '#models/lifecycle_template'
import Membership from '#models/membership'
import type Project from '#models/project'
import { FIRST_STATUSES, nextProjectStatuses } from '#models/project/states'
import { options, projectStatuses } from '#registries/terms'

/** What the form of a new or present project offers. */
export async function projectFormState(project: Project | null) {
  const members = await Membership.choices([project?.managerId, project?.sponsorId])
  const stages = project ? await project.related('stages').query() : []
  return {
    record: project ?? {},
    /** The request that a new project answers. */
    requestId: null,
    shown: project && JSON.stringify(projectFormValues(project)),
    statuses: statusOptions(project),
    members: members.map(({ id, name }) => ({ value: id, label: name })),
    stages: stages.map(({ id, name }) => ({ value: id, label: name })),
    ahead: project && (await nextGate(project)),
    locks: project ? await locksOf(project) : [],
    lifecycles: project ? [] : await lifecycleOptions(),
  }
}

/** Only the statuses that may follow; the present one is the choice that changes nothing. */
function statusOptions(project: Project | null) {
  const offered = project
    ? [project.status, ...nextProjectStatuses(project.status)]
    : FIRST_STATUSES
  return options(projectStatuses).filter(({ value }) => offered.some((one) => one === value))
}

/** A new project copies one of these; the first is the default. */
async function lifecycleOptions() {
  const offered = await LifecycleTemplate.offered()
  return offered.map(({ id, name, description }) => ({ value: id, label: name, hint: description }))
}

const NAMES = [
  ...(['code', 'name', 'description', 'managerId', 'sponsorId', 'status', 'stageId'] as const),
  ...(['baselineStartOn', 'baselineEndOn', 'forecastStartOn', 'forecastEndOn'] as const),
  'visibility' as const,
]

/** The values that the form shows, so that a later conflict can tell what its user changed. */
export function projectFormValues(project: Project): Record<string, unknown> {
  return Object.fromEntries(NAMES.map((name) => [name, project[name] ?? null]))
}
