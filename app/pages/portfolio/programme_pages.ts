import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import Programme from '#models/programme'
import { programmeSizes } from '#models/portfolio/programmes'
import Project from '#models/project'
import { IS_NOT_OVER } from '#models/project/states'
import { readEscalationFilters } from '#models/raid/escalation_filters'
import { listEscalations } from '#models/raid/escalation_list'
import { escalationRowState } from '#pages/raid/escalation_list_page'
import type { Field } from '#models/raid/fields'
import { shownValues } from '#pages/comparison'
import { historyOf } from '#pages/history'
import { healthStrips } from '#pages/project_health/strip'

export const programmeFields: Field[] = [
  { key: 'name', label: 'Name', kind: 'line' },
  { key: 'code', label: 'Code', kind: 'line' },
  { key: 'description', label: 'Outcome', kind: 'text' },
  { key: 'managerId', label: 'Programme manager', kind: 'person' },
]

/** Every programme, with how many of its projects the viewer may see. */
export async function programmeListState(viewer: Viewer) {
  const programmes = await Programme.inOrder()
  const sizes = await programmeSizes(viewer)
  const names = await Membership.names(programmes.map(({ managerId }) => managerId))
  return {
    programmes: programmes.map((programme) => ({
      id: programme.id,
      code: programme.code,
      name: programme.name,
      managerName: names.get(programme.managerId ?? '') ?? null,
      projects: sizes.get(programme.id) ?? 0,
    })),
    can: { manage: viewer.can('programme.manage') },
  }
}

/** One programme with its visible projects, and those that could join it. */
export async function programmeState(programme: Programme, viewer: Viewer) {
  const projects = await programme.projectsFor(viewer)
  const health = await healthStrips(projects.map(({ id }) => id))
  const names = await Membership.names([
    programme.managerId,
    ...projects.map(({ managerId }) => managerId),
  ])
  const canManage = viewer.can('programme.manage')
  return {
    programme,
    managerName: names.get(programme.managerId ?? '') ?? null,
    projects: projects.map((project) => ({
      id: project.id,
      code: project.code,
      name: project.name,
      status: project.status,
      managerName: names.get(project.managerId ?? '') ?? null,
      health: health.get(project.id),
    })),
    escalations: (await escalatedIn(programme, viewer)).map(escalationRowState),
    escalationColumns: ESCALATION_COLUMNS,
    others: canManage ? await othersFor(programme, viewer) : [],
    history: viewer.can('audit.read') ? await historyOfProgramme(programme, viewer) : null,
    can: { manage: canManage },
  }
}

const ESCALATION_COLUMNS = ['Entry', 'Level', 'Request', 'Answer', 'Escalated', 'Due'].map(
  (label) => ({ label })
)

/** How many are shown with the programme; their own list has them all. */
const FIRST_ESCALATIONS = 10

async function escalatedIn({ id }: Programme, viewer: Viewer) {
  const filters = { ...readEscalationFilters({ programme: id }), perPage: FIRST_ESCALATIONS }
  return (await listEscalations(viewer, filters)).rows
}

function historyOfProgramme({ id }: Programme, viewer: Viewer) {
  return historyOf({ entityType: 'programme', entityId: id }, viewer, { limit: 20 })
}

async function othersFor(programme: Programme, viewer: Viewer) {
  const programmes = new Map((await Programme.inOrder()).map(({ id, code }) => [id, code]))
  const outside = await Project.visibleTo(viewer)
    .clearSelect()
    .select('projects.id', 'projects.code', 'projects.name', 'projects.programme_id')
    .where((rest) => rest.whereNull('programme_id').orWhereNot('programme_id', programme.id))
    .whereRaw(IS_NOT_OVER)
    .orderBy('projects.code')
  return outside.map(({ id, code, name, programmeId }) => ({
    value: id,
    label: programmeId
      ? `${code} ${name} (now in ${programmes.get(programmeId)})`
      : `${code} ${name}`,
  }))
}

/** What the form of a new or present programme offers. */
export async function programmeFormState(programme: Programme | null) {
  const members = await Membership.choices([programme?.managerId])
  return {
    record: programme ?? {},
    shown: programme && shownValues(programmeFields, programme),
    members: members.map(({ id, name }) => ({ value: id, label: name })),
  }
}
