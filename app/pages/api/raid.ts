import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import * as terms from '#models/raid/enumerations'
import type { RaidType } from '#models/raid/enumerations'
import { RaidList } from '#models/raid/list'
import { readFilters } from '#models/raid/list_filters'
import { refOf } from '#models/raid/refs'
import { score } from '#models/raid/scoring'
import type RaidItem from '#models/raid_item'
import { filtersOf, listAnswer, refuseMisread } from '#pages/api/paging'
import { nameSides } from '#pages/api/raid_sides'
import * as a from '#pages/api/shape'
import { represent, type Shape } from '#pages/api/shape'

const either = (one: string, other: string) => (record: any) =>
  a.column(one)(record) ?? a.column(other)(record)

const scoreOf = (which: string) => (record: any) =>
  score(a.column(`${which}_likelihood`)(record) as any, a.column(`${which}_impact`)(record) as any)

/** The fields of each type besides the common ones. */
const specific: Record<RaidType, Shape> = {
  risk: {
    ...a.oneOf('nature', terms.natures),
    ...a.textOrNull('category'),
    ...a.textOrNull('cause'),
    ...a.textOrNull('event'),
    ...a.textOrNull('effect'),
    ...a.wholeOrNull('inherent_likelihood'),
    ...a.wholeOrNull('inherent_impact'),
    ...a.wholeOrNull('current_likelihood'),
    ...a.wholeOrNull('current_impact'),
    ...a.wholeOrNull('current_score', scoreOf('current')),
    ...a.wholeOrNull('target_likelihood'),
    ...a.wholeOrNull('target_impact'),
    ...a.oneOfOrNull('proximity', terms.proximities),
    ...a.dayOrNull('trigger_on'),
    ...a.oneOfOrNull('response', terms.responses),
    ...a.textOrNull('response_plan'),
    ...a.idOrNull('actionee_id', either('actionee_id', 'actionee_external_id')),
    ...a.textOrNull('actionee_label'),
    ...a.idOrNull('accepted_by'),
    ...a.dayOrNull('accepted_on'),
  },
  assumption: {
    ...a.wholeOrNull('impact_if_false'),
    ...a.oneOfOrNull('confidence', terms.confidences),
    ...a.textOrNull('validation_method'),
  },
  issue: {
    ...a.oneOf('issue_kind', terms.issueKinds),
    ...a.wholeOrNull('severity'),
    ...a.wholeOrNull('urgency'),
    ...a.oneOfOrNull('priority_override', terms.priorities),
    ...a.textOrNull('priority_reason'),
    ...a.textOrNull('resolution'),
  },
  dependency: {
    ...a.oneOf('direction', terms.directions),
    ...a.oneOfOrNull('counterpart_kind', terms.counterpartKinds),
    ...a.textOrNull('counterpart_name'),
    ...a.idOrNull(
      'counterpart_person_id',
      either('counterpart_member_id', 'counterpart_external_id')
    ),
    ...a.described(
      a.idOrNull('counterpart_project_id'),
      'Null where there is none, and where you may not see it'
    ),
    ...a.dayOrNull('promised_on'),
  },
  decision: {
    ...a.textOrNull('options'),
    ...a.textOrNull('rationale'),
    ...a.idOrNull('decider_id'),
    ...a.textOrNull('decider_label'),
    ...a.dayOrNull('decided_on'),
  },
}

/** The writable fields of every type. */
const common: Shape = {
  ...a.text('title'),
  ...a.textOrNull('description'),
  ...a.idOrNull('owner_id'),
  ...a.textOrNull('owner_label'),
  ...a.dayOrNull('raised_on'),
  ...a.dayOrNull('due_on'),
  ...a.dayOrNull('next_review_on'),
  ...a.oneOf('escalation', terms.escalations),
  ...a.oneOf('sensitivity', terms.sensitivities),
}

/** The answers of a dependency's two projects, and which of them is next; null when there are not two. */
const sides: Shape = {
  ...a.described(
    a.textOrNull('counterpart_project'),
    'Code and name of the other project; `another project` where you may not see it'
  ),
  ...a.oneOfOrNull('home_answer', terms.dependencyAnswers),
  ...a.textOrNull('home_reason'),
  ...a.dayOrNull('home_proposed_on'),
  ...a.oneOfOrNull('counterpart_answer', terms.dependencyAnswers),
  ...a.textOrNull('counterpart_reason'),
  ...a.dayOrNull('counterpart_proposed_on'),
  ...a.oneOfOrNull('awaited_side', { home: 'home', counterpart: 'counterpart' }),
}

/** A dependency is also in the log of the project that it names. */
const homeProject = a.described(
  a.idOrNull('project_id'),
  'The project that keeps it, and below which it is changed; null where it is another’s that you may not see'
)

const READ_ONLY = ['current_score', 'accepted_by', 'accepted_on']

/** An entry of each type in the API. */
const raidShapes = Object.fromEntries(
  (Object.keys(specific) as RaidType[]).map((type) => [
    type,
    {
      ...a.id('id'),
      ...a.text('ref', (item) => item.ref ?? refOf(item.project_code, item)),
      ...a.oneOf('type', { [type]: type }),
      ...(type === 'dependency' ? homeProject : a.id('project_id')),
      ...a.oneOf('status', terms.statuses[type]),
      ...common,
      ...specific[type],
      ...(type === 'dependency' && sides),
      ...a.dayOrNull('closed_on'),
      ...a.idOrNull('created_by'),
      ...a.momentOf('created_at'),
      ...a.momentOf('updated_at'),
      ...a.whole('lock_version'),
    },
  ])
) as Record<RaidType, Shape>

/** Any entry, by its type. */
export const raidSchema = { oneOf: Object.values(raidShapes).map(a.schemaOf) }

/** As far as the viewer may know it. */
export async function tellRaidItem(item: RaidItem, viewer: Viewer) {
  const [told] = await nameSides([represent(raidShapes[item.type], item)], viewer)
  return told
}

/** The writable fields of an entry, as the form sends them: a partial change is merged into them. */
export function writableRaidItem(item: RaidItem): Record<string, unknown> {
  const writable = { ...common, ...specific[item.type] }
  const fields = Object.entries(represent(writable, item))
  return Object.fromEntries(fields.filter(([name]) => !READ_ONLY.includes(name)))
}

/** Each type has its own statuses, each organisation its own categories, and only risks have a score. */
const OF_SOME_TYPES = [
  ...(['status', 'nature', 'band', 'category', 'likelihood', 'impact', 'response'] as const),
  ...(['priority', 'kind', 'flow'] as const),
]

/** One page of the visible entries of one type, in a project or in all. */
export async function raidItems(
  viewer: Viewer,
  query: Record<string, unknown>,
  project: Project | null
) {
  const filters = readFilters(filtersOf(query))
  refuseMisread(query, filters, OF_SOME_TYPES)
  const list = new RaidList(viewer, filters, project).whole()
  const answer = listAnswer(({ type }) => raidShapes[type as RaidType], await list.page())
  return { ...answer, data: await nameSides(answer.data, viewer) }
}
