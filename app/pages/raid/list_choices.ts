import type { Viewer } from '#identity/viewer'
import type { PersonName } from '#models/membership'
import Programme from '#models/programme'
import { projectNames, type ProjectName } from '#models/project/names'
import { statuses } from '#models/raid/enumerations'
import type { ListFilters } from '#models/raid/list_filters'
import { chips } from '#pages/list_parts'
import { moment } from '#registries/formats'
import * as terms from '#registries/terms'

type Places = { programmes: Place[]; projects: Place[] }
type Place = { id: string; label: string }

export const NOWHERE: Places = { programmes: [], projects: [] }

/** The programmes and projects by which a list across projects can be filtered. */
export async function placesFor(viewer: Viewer): Promise<Places> {
  const [programmes, projects] = await Promise.all([Programme.inOrder(), projectNames(viewer)])
  const placed = ({ id, code, name }: ProjectName | Programme) => ({ id, label: `${code} ${name}` })
  return { programmes: programmes.map(placed), projects: projects.map(placed) }
}

/** The choices of programme and project; none when there is nothing to choose from. */
export function placeSelects({ programmes, projects }: Places) {
  const options = (places: Place[]) => places.map(({ id, label }) => ({ value: id, label }))
  return [
    ...(programmes.length > 0
      ? [
          {
            name: 'programme',
            label: 'Programme',
            any: 'Any programme',
            options: options(programmes),
          },
        ]
      : []),
    ...(projects.length > 0
      ? [{ name: 'project', label: 'Project', any: 'Any project', options: options(projects) }]
      : []),
  ]
}

/** The choices by which a list of one type is filtered. */
export function selects(filters: ListFilters, owners: PersonName[]) {
  const people = owners.map(({ id, name }) => ({ value: id, label: name }))
  return [
    {
      name: 'state',
      label: 'State',
      any: 'Any state',
      options: terms.options({ open: 'Open', settled: 'Settled' }),
    },
    {
      name: 'status',
      label: 'Status',
      any: 'Any status',
      options: terms.options(statuses[filters.type]),
    },
    {
      name: 'owner',
      label: 'Owner',
      any: 'Anyone',
      options: [{ value: 'me', label: 'Me' }, { value: 'none', label: 'Unassigned' }, ...people],
    },
    {
      name: 'escalation',
      label: 'Escalation',
      any: 'Any level',
      options: terms.options(terms.choices.escalation),
    },
    ...ownSelects(filters),
  ]
}

/** Without what the form says of each, for which a filter has no room. */
const FLOWS = { inbound: 'Inbound', outbound: 'Outbound' }

/** The choices that only one type has. */
function ownSelects({ type, category }: ListFilters) {
  const { nature, issueKind } = terms.choices
  if (type === 'risk') {
    return [
      { name: 'nature', label: 'Nature', any: 'Any nature', options: terms.options(nature) },
      { name: 'band', label: 'Band', any: 'Any band', options: terms.options(terms.bands) },
      {
        name: 'category',
        label: 'Category',
        any: 'Any category',
        options: terms.categoryOptions(category),
      },
    ]
  }
  if (type === 'issue') {
    return [
      {
        name: 'priority',
        label: 'Priority',
        any: 'Any priority',
        options: terms.options(terms.priorities),
      },
      { name: 'kind', label: 'Kind', any: 'Any kind', options: terms.options(issueKind) },
    ]
  }
  if (type !== 'dependency') return []
  return [{ name: 'flow', label: 'Direction', any: 'Any direction', options: terms.options(FLOWS) }]
}

/** The list's checkbox filters. */
export function checks({ type, overdue, review }: ListFilters) {
  const boxes = [{ name: 'overdue', value: '1', label: 'Overdue only', checked: overdue }]
  if (type === 'decision') return boxes
  return [
    ...boxes,
    { name: 'review', value: 'overdue', label: 'Review due', checked: Boolean(review) },
  ]
}

/** The active filters in words, each with the address of the list without it. */
export function appliedFilters(
  filters: ListFilters,
  { names, places }: { names: Map<string, string>; places: Places },
  link: (changes: Partial<ListFilters>) => string
) {
  const place = (all: Place[], id: string | null) =>
    all.find((one) => one.id === id)?.label ?? 'another'
  const owner = () =>
    ({ me: 'me', none: 'nobody' })[filters.owner!] ?? names.get(filters.owner!) ?? 'a former member'
  const candidates: [unknown, string, Partial<ListFilters>][] = [
    [filters.q, `Search: ${filters.q}`, { q: null }],
    [filters.state, `State: ${filters.state}`, { state: null }],
    [
      filters.status,
      `Status: ${filters.status && terms.itemStatuses[filters.type][filters.status].label}`,
      { status: null },
    ],
    [filters.owner, `Owner: ${filters.owner && owner()}`, { owner: null }],
    [
      filters.programme,
      `Programme: ${place(places.programmes, filters.programme)}`,
      { programme: null },
    ],
    [filters.project, `Project: ${place(places.projects, filters.project)}`, { project: null }],
    [
      filters.escalation,
      `Escalation: ${filters.escalation && terms.choices.escalation[filters.escalation]}`,
      { escalation: null },
    ],
    [
      filters.nature,
      `Nature: ${filters.nature && terms.choices.nature[filters.nature]}`,
      { nature: null },
    ],
    [filters.band, `Band: ${filters.band && terms.bands[filters.band].label}`, { band: null }],
    [
      filters.category,
      `Category: ${filters.category && terms.choices.category[filters.category]}`,
      { category: null },
    ],
    [filters.likelihood, `Likelihood: ${filters.likelihood}`, { likelihood: null }],
    [filters.impact, `Impact: ${filters.impact}`, { impact: null }],
    [
      filters.priority,
      `Priority: ${filters.priority && terms.choices.priority[filters.priority]}`,
      { priority: null },
    ],
    [
      filters.kind,
      `Kind: ${filters.kind && terms.choices.issueKind[filters.kind]}`,
      { kind: null },
    ],
    [filters.flow, `Direction: ${filters.flow && FLOWS[filters.flow]}`, { flow: null }],
    [filters.response, 'No response chosen', { response: null }],
    [filters.review, 'Review due', { review: null }],
    [filters.overdue, 'Overdue only', { overdue: false }],
    [filters.import, 'From one import', { import: null }],
    [filters.since, `Changed since: ${filters.since && moment(filters.since)}`, { since: null }],
  ]
  return chips(candidates, link)
}
