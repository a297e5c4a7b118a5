import type { Viewer } from '#identity/viewer'
import Programme from '#models/programme'
import Project from '#models/project'
import { today } from '#models/days'
import { escalationLevels, escalations, escalationStates, types } from '#models/raid/enumerations'
import {
  escalationQuery,
  isNarrowed,
  type EscalationFilters,
} from '#models/raid/escalation_filters'
import { listEscalations, type EscalationRow } from '#models/raid/escalation_list'
import { refOf } from '#models/raid/refs'
import { isSettled } from '#models/raid/transitions'
import { chips, exportsOf, headings, neighbours, withChosen, type Column } from '#pages/list_parts'
import * as terms from '#registries/terms'

const PATH = '/escalations'

const COLUMNS: Column<EscalationFilters['sort']>[] = [
  ['Entry'],
  ['Level'],
  ['Request'],
  ['Answer'],
  ['Escalated', 'since', 'desc'],
  ['Due', 'due'],
]

/** The page of all entries escalated above their projects. */
export async function escalationListState(viewer: Viewer, filters: EscalationFilters) {
  const page = await listEscalations(viewer, filters)
  const programmes = await Programme.inOrder()
  const projects = await Project.visibleTo(viewer).orderBy('projects.code')
  const link = (changes: Partial<EscalationFilters> = {}) =>
    PATH + escalationQuery(filters, changes)
  const labels = new Map(
    [...programmes, ...projects].map(({ id, code, name }) => [id, `${code} ${name}`])
  )
  const used = applied(filters, labels, link)
  return {
    rows: page.rows.map(escalationRowState),
    columns: headings(COLUMNS, filters, link),
    action: PATH,
    clear: PATH,
    keep: {},
    exports: exportsOf(PATH, escalationQuery(filters)),
    filters,
    selects: withChosen(selects(programmes, projects), filters, used),
    checks: [
      { name: 'asked', value: 'me', label: 'Waiting for me', checked: filters.asked === 'me' },
    ],
    applied: used,
    isFiltered: isNarrowed(filters),
    summary: `${page.rows.length} shown`,
    ...neighbours(page, link),
  }
}

/** One escalated entry as lists show it. */
export function escalationRowState(row: EscalationRow) {
  return {
    id: row.id,
    ref: refOf(row.project_code, row),
    type: row.type,
    title: row.title,
    href: `/projects/${row.project_id}/raid/${row.id}#escalation`,
    project: `${row.project_code} ${row.project_name}`,
    level:
      row.level === 'programme' && row.programme_code
        ? `Programme ${row.programme_code}`
        : escalations[row.level],
    ask: row.ask,
    reason: row.reason,
    askedOf: row.asked_of_name,
    state: row.escalation_id ? escalationStates[row.state] : 'No request',
    look: row.state === 'accepted' ? ['check', 'good'] : ['clock', 'warn'],
    answer: row.answer,
    raisedBy: row.raised_by_name,
    raisedOn: row.raised_on,
    dueOn: row.due_on,
    isOverdue: row.due_on !== null && row.due_on < today() && !isSettled(row.type, row.status),
  }
}

type Named = { id: string; code: string; name: string }
const named = (all: Named[]) =>
  all.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))

function selects(programmes: Named[], projects: Named[]) {
  return [
    { name: 'level', label: 'Level', any: 'Any level', options: terms.options(escalationLevels) },
    {
      name: 'state',
      label: 'Answer',
      any: 'Any answer',
      options: terms.options({ open: escalationStates.open, accepted: escalationStates.accepted }),
    },
    { name: 'type', label: 'Kind', any: 'Any kind', options: terms.options(types) },
    { name: 'programme', label: 'Programme', any: 'Any programme', options: named(programmes) },
    { name: 'project', label: 'Project', any: 'Any project', options: named(projects) },
  ]
}

function applied(
  filters: EscalationFilters,
  labels: Map<string, string>,
  link: (changes: Partial<EscalationFilters>) => string
) {
  const { level, state, type, programme, project, asked } = filters
  const candidates: [unknown, string, Partial<EscalationFilters>][] = [
    [level, `Level: ${level && escalations[level]}`, { level: null }],
    [state, `Answer: ${state && escalationStates[state]}`, { state: null }],
    [type, `Kind: ${type && types[type]}`, { type: null }],
    [programme, `Programme: ${labels.get(programme ?? '') ?? 'another'}`, { programme: null }],
    [project, `Project: ${labels.get(project ?? '') ?? 'another'}`, { project: null }],
    [asked, 'Waiting for me', { asked: null }],
  ]
  return chips(candidates, link)
}
