import type { Viewer } from '#identity/viewer'
import {
  listExternals,
  readExternalFilters,
  type ExternalFilters,
} from '#models/external_resource/list'
import type ExternalResource from '#models/external_resource'
import { externalStates, type ExternalDetails } from '#models/external_resource'
import { holdingsOf, type Held, type Holdings } from '#models/external_resource/holdings'
import Membership from '#models/membership'
import type { Field } from '#models/raid/fields'
import type { Comparison } from '#pages/comparison'
import { historyOf } from '#pages/history'
import { neighbours } from '#pages/list_parts'
import { iso } from '#registries/formats'
import * as terms from '#registries/terms'

/** Everything that the list of people outside shows. */
export async function externalListState(query: Record<string, unknown>) {
  const filters = readExternalFilters(query)
  const page = await listExternals(filters)
  const link = (changes: Partial<ExternalFilters>) =>
    externalsUrl({ ...filters, after: null, before: null, ...changes })
  return {
    externals: page.rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      state: terms.externalStates[row.state],
      tasks: row.tasks,
      addedAt: iso(row.created_at),
    })),
    list: {
      filters,
      isFiltered: Boolean(filters.q || filters.state),
      applied: [
        ...(filters.q ? [{ label: `Search: ${filters.q}`, href: link({ q: null }) }] : []),
        ...(filters.state
          ? [{ label: `State: ${externalStates[filters.state]}`, href: link({ state: null }) }]
          : []),
      ],
      summary: `${page.rows.length} shown`,
      ...neighbours(page, link),
    },
  }
}

/** One person outside: what is stored about them, their work, and what can be done. */
export async function externalState(person: ExternalResource, viewer: Viewer) {
  const names = await Membership.names([person.createdBy, person.membershipId])
  const mayChange = person.state !== 'joined'
  return {
    external: {
      id: person.id,
      name: person.name,
      email: person.email,
      state: terms.externalStates[person.state],
      noticeSentAt: person.noticeSentAt && iso(person.noticeSentAt),
      addedAt: iso(person.createdAt),
      addedBy: names.get(person.createdBy ?? '') ?? null,
      member: person.membershipId && {
        name: names.get(person.membershipId) ?? 'a former member',
        href: `/members/${person.membershipId}`,
        since: iso(person.mergedAt),
      },
    },
    holdings: externalHoldingsState(await holdingsOf(person.id, viewer)),
    history: await historyOf({ entityType: 'external_resource', entityId: person.id }, viewer, {
      limit: 10,
    }),
    can: {
      edit: mayChange,
      invite: mayChange && person.email !== null && viewer.can('member.manage'),
      archive: mayChange && !person.archivedAt,
      restore: mayChange && person.archivedAt !== null,
    },
  }
}

const KINDS: [kind: keyof Holdings, one: string, many: string, path: string][] = [
  ['tasks', 'task', 'tasks', 'tasks'],
  ['actions', 'action', 'actions', 'raid'],
  ['dependencies', 'dependency', 'dependencies', 'raid'],
]

/** Open work as a page lists it, each piece with its page, and a short summary of all of it. */
export function externalHoldingsState(holdings: Holdings) {
  const kinds = KINDS.map(([kind, one, many, path]) => {
    const { named, count }: Held = holdings[kind]
    return {
      count: `${count} open ${count === 1 ? one : many}`,
      isEmpty: count === 0,
      more: count - named.length,
      work: named.map((work) => ({
        ref: work.ref,
        title: work.title,
        dueOn: work.due_on,
        href: `/projects/${work.project_id}/${path}/${work.id}`,
      })),
    }
  }).filter(({ isEmpty }) => !isEmpty)
  return { kinds, summary: kinds.map(({ count }) => count).join(', ') }
}

/** The values in the form of an existing person, so that a later conflict can tell what its user changed. */
export function externalFormState(person: ExternalResource) {
  const { name, email } = person
  return { record: person, shown: JSON.stringify({ name, email }) }
}

/** A person whom two people edited. */
export function externalComparison(present: ExternalResource, mine: ExternalDetails): Comparison {
  const { email, id, name } = present
  const page = `/externals/${id}`
  return {
    label: name,
    type: 'external_resource',
    action: page,
    back: page,
    current: 'members',
    crumbs: [
      { href: '/externals', label: 'External people' },
      { href: page, label: name },
    ],
    fields: FIELDS,
    present,
    mine,
    theirs: { name, email },
  }
}

const FIELDS: Field[] = [
  { key: 'name', label: 'Name', kind: 'line' },
  { key: 'email', label: 'Email address', kind: 'line' },
]

function externalsUrl(filters: ExternalFilters) {
  const query = new URLSearchParams()
  for (const name of ['q', 'state', 'after', 'before'] as const) {
    if (filters[name]) query.set(name, filters[name])
  }
  return query.size > 0 ? `/externals?${query}` : '/externals'
}
