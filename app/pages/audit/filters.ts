import { SYSTEM } from '#audit/trail_query'
import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import { projectNames } from '#models/project/names'
import type { AuditFilters, Scope } from '#pages/audit/list_page'
import { actionOptions, typeOptions } from '#registries/audit_actions'
import { byArea } from '#registries/audit_areas'
import { day } from '#registries/formats'

type Option = { value: string; label: string }
type Select = {
  name: string
  label: string
  any: string
  options: Option[]
  /** The same, grouped by subject, when there are too many for one list. */
  groups?: { label: string; options: Option[] }[]
}

/** The choices that filter an audit page; people who have left can still be chosen. */
export async function auditSelects({ project, item }: Scope, viewer: Viewer): Promise<Select[]> {
  const ofProject = Boolean(project)
  const who = await whoOptions()
  const selects: Select[] = [
    { name: 'who', label: 'Who', any: 'Anyone', options: who },
    grouped({ name: 'what', label: 'What', any: 'Any event', options: actionOptions(ofProject) }),
  ]
  if (item) return selects
  const types = typeOptions(ofProject)
  selects.push(grouped({ name: 'type', label: 'Record', any: 'Any record', options: types }))
  if (project) return selects
  const projects = await projectOptions(viewer)
  return [...selects, { name: 'project', label: 'Project', any: 'All projects', options: projects }]
}

function grouped(select: Select): Select {
  return { ...select, groups: byArea(select.options) }
}

/** The active filters, each with the link that removes it. */
export function appliedChips(
  filters: AuditFilters,
  selects: Select[],
  link: (changes: object) => string
) {
  const labels: Record<string, (value: string) => string> = {
    ref: (value) => `Ref: ${value}`,
    from: (value) => `From ${day(value)}`,
    to: (value) => `Until ${day(value)}`,
  }
  for (const { name, label, options } of selects) {
    const named = (value: string) => options.find((option) => option.value === value)?.label
    labels[name] = (value) => `${label}: ${named(value) ?? 'unknown'}`
  }
  return Object.entries(filters)
    .filter(([name]) => labels[name])
    .map(([name, value]) => ({ label: labels[name](value), href: link({ [name]: undefined }) }))
}

async function whoOptions(): Promise<Option[]> {
  const people = await Membership.everyone()
  return [
    ...people.map(({ id, name }) => ({ value: id, label: name })),
    { value: SYSTEM, label: 'Orchestrate, automatically' },
  ]
}

async function projectOptions(viewer: Viewer): Promise<Option[]> {
  const projects = await projectNames(viewer)
  return projects.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))
}
