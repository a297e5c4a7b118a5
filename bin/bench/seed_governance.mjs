import { KIND, ORGANISATION } from './sizes.mjs'

const PER_PROGRAMME = 8
const DIMENSIONS = ['overall', 'schedule', 'cost', 'scope', 'benefits', 'resources']

const id = (kind, place) =>
  `('01930000-0000-7000-8000-${kind}' || lpad((${place})::text, 11, '0'))::uuid`
const other = (place) => id(KIND.other, place)
const project = id(KIND.project, 'n')
const manager = ({ managers }) => id(KIND.membership, `1 + n % ${managers}`)
const office = ({ people }) => id(KIND.membership, people)
const rating = (roll) =>
  `(array['green','green','amber','red','not_rated'])[1 + floor(${roll} * 5)::int]`

/** SQL that gives every project of the benchmark its portfolio data: gates, ratings, reports. */
export function governanceStatements(size) {
  return [
    programmes(size),
    gates(size),
    conditions(size),
    ratings(size),
    confidences(size),
    reports(size),
  ]
}

function programmes({ projects }) {
  return `
    insert into programmes (organisation_id, id, code, name)
      select '${ORGANISATION}', ${other('n')}, 'PGM' || n, 'Programme ' || n
      from generate_series(1, ceil(${projects}::numeric / ${PER_PROGRAMME})::int) n;
    update projects set programme_id =
      ${other(`1 + (substr(code, 4)::int - 1) / ${PER_PROGRAMME}`)}`
}

/** One at the end of each stage; past ones are decided, and some of the others slip. */
function gates({ projects }) {
  return `
    insert into gates (organisation_id, id, project_id, number, stage_id, template_id, position, name,
      status, first_baseline_on, baseline_on, forecast_on, actual_on)
    select '${ORGANISATION}', ${other('n * 10 + p')}, ${project}, p, ${id(KIND.stage, 'n * 10 + p')},
      ${other('1')}, p, (array['Start', 'Plan', 'Deliver', 'Close'])[p],
      case when p < 2 then 'decided' else 'planned' end, base, base, base + (n * 7 % 5) * 7,
      case when p < 2 then base end
    from generate_series(1, ${projects}) n, generate_series(1, 4) p,
      lateral (select date '2026-06-01' + p * 90 + n % 60 as base) dated`
}

function conditions(size) {
  return `
    insert into gate_conditions (organisation_id, id, project_id, gate_id, decision_id, number, text,
      owner_id, kind, due_on, state)
    select '${ORGANISATION}', ${other('n * 10 + p')}, ${project}, ${other('n * 10 + 1')}, ${other('1')},
      p, 'The permit is granted', ${manager(size)}, 'by_date', date '2026-10-01' + (n % 120), 'open'
    from generate_series(1, ${size.projects}) n, generate_series(1, 2) p`
}

/** A year of monthly declarations in each dimension. */
function ratings(size) {
  return `
    insert into project_ratings (organisation_id, id, project_id, dimension, rating, reason,
      path_to_green, computed_rating, difference_reason, declared_by, declared_at)
    select '${ORGANISATION}', ${other('(n * 100 + d) * 100 + p')}, ${project}, dimension,
      ${rating('random()')}, 'As reported', 'As planned', 'amber', 'As agreed', ${manager(size)},
      timestamptz '2025-11-01' + p * interval '30 days'
    from generate_series(1, ${size.projects}) n, generate_series(1, 12) p,
      unnest(array[${DIMENSIONS.map((name) => `'${name}'`)}]) with ordinality named (dimension, d)`
}

function confidences(size) {
  return `
    insert into delivery_confidences (organisation_id, id, project_id, rating, rationale, given_by, given_at)
    select '${ORGANISATION}', ${other('n * 10 + p')}, ${project},
      (array['green','amber','red'])[1 + floor(random() * 3)::int], 'As seen', ${office(size)},
      timestamptz '2026-06-01' + p * interval '60 days'
    from generate_series(1, ${size.projects}) n, generate_series(1, 2) p`
}

function reports(size) {
  return `
    insert into status_reports (organisation_id, id, project_id, number, state, period_start_on,
      period_end_on, author_id, summary, submitted_by, submitted_at, published_by, published_at)
    select '${ORGANISATION}', ${other('n * 100 + p')}, ${project}, p, 'published', ended - 30, ended,
      ${manager(size)}, 'On its way', ${manager(size)}, ended, ${office(size)}, ended
    from generate_series(1, ${size.projects}) n, generate_series(1, 12) p,
      lateral (select date '2025-11-01' + p * 30 + n % 30 as ended) dated;
    insert into status_report_ratings (organisation_id, id, report_id, dimension, rating)
    select '${ORGANISATION}', ${other('(n * 100 + p) * 10 + d')}, ${other('n * 100 + p')}, dimension,
      ${rating('random()')}
    from generate_series(1, ${size.projects}) n, generate_series(1, 12) p,
      unnest(array[${DIMENSIONS.map((name) => `'${name}'`)}]) with ordinality named (dimension, d)`
}
