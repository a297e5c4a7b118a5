import { beginning } from '#models/text/beginning'
import type { PackRecord, Section } from '#models/pack/content'
import type Project from '#models/project'
import type { Nature, Priority, RaidType } from '#models/raid/enumerations'
import { directionFrom } from '#models/raid/agreement'
import { ANOTHER } from '#models/raid/other_projects'
import { refOf } from '#models/raid/refs'
import { score, scoring } from '#models/raid/scoring'
import { IS_OPEN } from '#models/raid/transitions'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** How many open entries a pack includes, the most severe first; the others are counted. */
const MOST_ITEMS = 400

/** A response plan may be long; deciders get its beginning, and the entry itself has the rest. */
const LONGEST_TEXT = 600

type Row = {
  id: string
  type: RaidType
  number: number
  title: string
  status: string
  owner_id: string | null
  is_owned_outside: boolean
  due_on: string | null
  next_review_on: string | null
  escalation: string
  sensitivity: 'normal' | 'project_leads'
  nature: Nature | null
  response: string | null
  response_plan: string | null
  current_likelihood: number | null
  current_impact: number | null
  target_likelihood: number | null
  target_impact: number | null
  proximity: string | null
  trigger_on: string | null
  impact_if_false: number | null
  confidence: string | null
  promised_on: string | null
  severity: number | null
  urgency: number | null
  priority_override: Priority | null
  is_own: boolean
  /** Null unless everyone in the organisation may know the project. */
  home_code: string | null
  counterpart_code: string | null
  counterpart_project_id: string | null
  direction: string | null
  home_answer: string | null
  counterpart_answer: string | null
}

type Counts = { open: number; named_people: number }

/**
 * The open entries of the RAID log, in two parts: what everyone on the project can read, and what is kept to its leads.
 * What is kept to named people is counted and left out. A dependency of another project that names this one counts as
 * open here too.
 */
export async function raidSections(
  project: Project
): Promise<{ raid: Section; raid_leads: Section }> {
  const { trx, organisationId } = Tenancy.current()
  const [counts] = await sql<Counts>(trx, COUNTS, [organisationId, project.id, project.id])
  const rows = await sql<Row>(trx, ITEMS, [
    project.id,
    organisationId,
    project.id,
    project.id,
    MOST_ITEMS,
  ])
  const shared = counts.open - counts.named_people
  const of = (sensitivity: Row['sensitivity']) =>
    rows.filter((row) => row.sensitivity === sensitivity).map((row) => itemOf(row, project))
  return {
    raid: {
      facts: {
        open_entries: counts.open,
        kept_to_named_people: counts.named_people,
        beyond_limit: shared - rows.length,
      },
      lists: { raid: of('normal') },
    },
    raid_leads: { facts: {}, lists: { raid: of('project_leads') } },
  }
}

function itemOf(row: Row, project: Project): PackRecord {
  const weight = score(row.current_likelihood, row.current_impact)
  const isRisk = row.type === 'risk'
  return {
    id: row.id,
    ref: refOf(row.is_own ? project.code : row.home_code, row),
    type: row.type,
    title: row.title,
    status: row.status,
    owner_id: row.owner_id,
    // People outside have no id; a name would outlive its erasure.
    is_owned_outside: row.is_owned_outside,
    due_on: row.due_on,
    next_review_on: row.next_review_on,
    escalation: row.escalation,
    nature: row.nature,
    score: isRisk ? weight : null,
    band: isRisk ? scoring().bandOf(weight) : null,
    likelihood: row.current_likelihood,
    impact: row.current_impact,
    target_score: score(row.target_likelihood, row.target_impact),
    proximity: row.proximity,
    trigger_on: row.trigger_on,
    impact_if_false: row.impact_if_false,
    confidence: row.confidence,
    promised_on: row.promised_on,
    priority:
      row.type === 'issue'
        ? (row.priority_override ?? scoring().derivedPriority(row.severity, row.urgency))
        : null,
    response: row.response,
    response_plan: row.response_plan && beginning(row.response_plan, LONGEST_TEXT, ''),
    ...(row.counterpart_project_id ? sidesOf(row) : NO_SIDES),
  }
}

/** Every entry has the same fields, so that a later pack can tell new values from fields that were never included. */
const NO_SIDES = { direction: null, other_project: null, own_answer: null, other_answer: null }

/** For a dependency between projects: its direction as seen from here, and what both say. */
function sidesOf(row: Row) {
  const { is_own: isOwn, direction } = row
  const [own, theirs] = isOwn
    ? [row.home_answer, row.counterpart_answer]
    : [row.counterpart_answer, row.home_answer]
  return {
    direction: directionFrom(isOwn ? 'home' : 'counterpart', direction),
    other_project: (isOwn ? row.counterpart_code : row.home_code) ?? ANOTHER,
    own_answer: own,
    other_answer: theirs,
  }
}

/** The project's own, and what others share with it unless it is restricted. */
const OPEN_HERE = `organisation_id = ? and ${IS_OPEN} and (project_id = ?
  or (counterpart_project_id = ? and type = 'dependency' and sensitivity = 'normal'))`

const COUNTS = `
  select count(*)::integer as open,
    (count(*) filter (where sensitivity = 'named_people'))::integer as named_people
  from raid_items where ${OPEN_HERE}`

const openCode = (column: string) => `(select projects.code from projects
  where projects.organisation_id = raid_items.organisation_id
    and projects.id = raid_items.${column} and projects.visibility = 'organisation')`

const ITEMS = `
  select id, type, number, title, status, owner_id,
    owner_id is null and owner_label is not null as is_owned_outside, due_on::text, next_review_on::text,
    escalation, sensitivity, nature, response, response_plan, current_likelihood,
    current_impact, target_likelihood, target_impact, proximity, trigger_on::text, impact_if_false,
    confidence, promised_on::text, severity, urgency, priority_override, direction, counterpart_project_id,
    home_answer, counterpart_answer, project_id = ? as is_own,
    ${openCode('project_id')} as home_code, ${openCode('counterpart_project_id')} as counterpart_code
  from raid_items
  where ${OPEN_HERE} and sensitivity <> 'named_people'
  order by array_position(array['risk', 'issue', 'assumption', 'dependency', 'decision'], type),
    rating desc, number, id
  limit ?`
