import { governanceStatements } from './seed_governance.mjs'
import { COMMON_WORD, KIND, ORGANISATION, RARE_EVERY, RARE_WORD } from './sizes.mjs'

const WORDS = [
  'supplier',
  'contract',
  'pump',
  'approval',
  'budget',
  'resource',
  'migration',
  'training',
  'planning',
  'consent',
  'interface',
  'warehouse',
  'testing',
  'cable',
  'survey',
  'tender',
  'drainage',
  'permit',
  'handover',
  'licence',
  'network',
  'staffing',
  'weather',
  'invoice',
]
const ENDINGS = [
  'is late',
  'costs more than planned',
  'lacks an owner',
  'fails inspection',
  'is disputed',
  'depends on a third party',
  'needs rework',
  'is not yet agreed',
  'changes scope',
]
const DESCRIPTION =
  'Raised at the weekly review. The team has **looked at the options** and will report back; ' +
  'the effect on cost and programme is being worked out with finance.'

const quoted = (words) => `array[${words.map((word) => `'${word}'`)}]`
const pick = (words, column = 'random()') =>
  `(${quoted(words)})[1 + floor(${column} * ${words.length})::int]`
const level = () => '1 + floor(random() * 5)::int'
const id = (kind, place) =>
  `('01930000-0000-7000-8000-${kind}' || lpad((${place})::text, 11, '0'))::uuid`

/** SQL that fills an empty database with people, projects and their items, in bulk. */
export function seedStatements(size) {
  return [
    `select setseed(0.42)`,
    people(size),
    projects(size),
    stages(size),
    `update projects set stage_id = stages.id from stages
      where stages.project_id = projects.id and stages.position = 1 + length(projects.code) % 4`,
    teams(size),
    items(size),
    comments(),
    counters(),
    ...governanceStatements(size),
  ]
}

function people({ people: count }) {
  return `
    insert into organisations (id, name) values ('${ORGANISATION}', 'Benchmark');
    insert into users (id, email, name)
      select ${id('9', 'n')}, 'person-' || n || '@example.test', 'Person ' || lpad(n::text, 3, '0')
      from generate_series(1, ${count}) n;
    insert into memberships (organisation_id, id, user_id, role)
      select '${ORGANISATION}', ${id(KIND.membership, 'n')}, ${id('9', 'n')},
        case n when ${count} then 'pmo' else 'member' end
      from generate_series(1, ${count}) n`
}

function projects({ projects: count, managers, people: members }) {
  return `
    insert into projects (organisation_id, id, code, name, description, status, visibility,
      manager_id, sponsor_id, baseline_start_on, baseline_end_on, forecast_end_on)
    select '${ORGANISATION}', ${id(KIND.project, 'n')}, 'PRJ' || lpad(n::text, 3, '0'),
      initcap(${pick(WORDS)}) || ' programme ' || n, '${DESCRIPTION}',
      (${quoted(['active', 'active', 'active', 'active', 'proposed', 'on_hold', 'closing', 'closed'])})[1 + n % 8],
      case when n % 5 = 0 then 'organisation' else 'members' end,
      ${id(KIND.membership, `1 + n % ${managers}`)},
      ${id(KIND.membership, `${managers} + 1 + n % (${members} - ${managers} - 1)`)},
      date '2026-01-05' + n % 90, date '2027-03-01' + n % 120, date '2027-03-15' + n % 120
    from generate_series(1, ${count}) n`
}

function stages({ projects: count }) {
  return `
    insert into stages (organisation_id, id, project_id, position, name)
    select '${ORGANISATION}', ${id(KIND.stage, 'n * 10 + p')}, ${id(KIND.project, 'n')}, p,
      (array['Initiation', 'Planning', 'Delivery', 'Closure'])[p]
    from generate_series(1, ${count}) n, generate_series(1, 4) p`
}

function teams({ projects: count, people: members }) {
  return `
    insert into project_members (organisation_id, id, project_id, membership_id, role)
    select '${ORGANISATION}', ${id(KIND.other, 'n * 10 + p')}, ${id(KIND.project, 'n')},
      ${id(KIND.membership, `1 + (n * 7 + p * 3) % ${members}`)},
      (array['gate_decider', 'team', 'team', 'team', 'team', 'viewer'])[p]
    from generate_series(1, ${count}) n, generate_series(1, 6) p`
}

/** Owners come from the project's own team, as in real life; a few items have none. */
function items({ projects: count, itemsPerProject, people: members }) {
  return `
    insert into raid_items (organisation_id, id, project_id, type, number, title, description,
      status, owner_id, owner_label, raised_on, due_on, next_review_on, sensitivity, nature,
      category, inherent_likelihood, inherent_impact, current_likelihood, current_impact,
      target_likelihood, target_impact, response, impact_if_false, confidence, issue_kind,
      severity, urgency, direction, counterpart_kind, counterpart_name, promised_on, decider_id,
      decided_on, created_by, created_at, updated_at)
    select '${ORGANISATION}', ${id(KIND.item, 'place')}, ${id(KIND.project, 'n')}, type,
      row_number() over (partition by n, type order by place), title, '${DESCRIPTION}',
      case type
        when 'risk' then ${pick(['draft', 'open', 'open', 'treating', 'treating', 'monitoring', 'closed', 'rejected'])}
        when 'assumption' then ${pick(['unvalidated', 'validating', 'validated', 'invalidated', 'retired'])}
        when 'issue' then ${pick(['open', 'in_progress', 'in_progress', 'on_hold', 'resolved', 'closed'])}
        when 'dependency' then ${pick(['proposed', 'agreed', 'at_risk', 'met', 'missed', 'cancelled'])}
        else ${pick(['proposed', 'decided', 'superseded'])} end,
      case when unowned then null else owner end, case when unowned and place % 2 = 0 then 'The supplier' end,
      date '2026-01-10' + floor(random() * 300)::int,
      case when random() < 0.8 then date '2026-06-01' + floor(random() * 400)::int end,
      case when random() < 0.3 then date '2026-09-01' + floor(random() * 200)::int end,
      case when random() < 0.95 then 'normal' else 'project_leads' end,
      case type when 'risk' then case when random() < 0.9 then 'threat' else 'opportunity' end end,
      case type when 'risk' then ${pick(['business', 'technology', 'people_organisation', 'external_supplier', 'legal', 'financial', 'security_privacy'])} end,
      ${[1, 2, 3, 4, 5, 6].map(() => `case type when 'risk' then ${level()} end`).join(', ')},
      case when type = 'risk' and random() < 0.7 then ${pick(['avoid', 'reduce', 'transfer', 'accept'])} end,
      case type when 'assumption' then ${level()} end,
      case type when 'assumption' then ${pick(['low', 'medium', 'high'])} end,
      case type when 'issue' then ${pick(['problem_concern', 'problem_concern', 'request_for_change', 'off_specification'])} end,
      case type when 'issue' then ${level()} end, case type when 'issue' then ${level()} end,
      case type when 'dependency' then ${pick(['inbound', 'outbound'])} end,
      case type when 'dependency' then 'team' end,
      case type when 'dependency' then initcap(${pick(WORDS)}) || ' team' end,
      case type when 'dependency' then date '2026-07-01' + floor(random() * 300)::int end,
      case type when 'decision' then owner end,
      case when type = 'decision' and random() < 0.6 then date '2026-05-01' + floor(random() * 180)::int end,
      owner, raised, raised + random() * interval '30 days'
    from (
      select n, (n - 1) * ${itemsPerProject} + i as place,
        (${quoted([...kinds({ risk: 8, issue: 5, dependency: 3, assumption: 2, decision: 2 })])})[1 + i % 20] as type,
        case when ((n - 1) * ${itemsPerProject} + i) % ${RARE_EVERY} = 0
             then initcap('${RARE_WORD}') || ' ' else '' end ||
          initcap(${pick(WORDS)}) || case when random() < 0.4 then ' ${COMMON_WORD} ' else ' ' end ||
          ${pick(ENDINGS)} as title,
        ${id(KIND.membership, `1 + (n * 7 + (i % 6 + 1) * 3) % ${members}`)} as owner,
        i % 11 = 0 as unowned,
        timestamptz '2026-01-10' + random() * interval '280 days' as raised
      from generate_series(1, ${count}) n, generate_series(1, ${itemsPerProject}) i
    ) made order by place`
}

function* kinds(shares) {
  for (const [type, share] of Object.entries(shares)) for (let i = 0; i < share; i++) yield type
}

function comments() {
  return `
    insert into comments (organisation_id, id, raid_item_id, author_id, body, created_at)
    select organisation_id, gen_random_uuid(), id, created_by, '${DESCRIPTION}', updated_at
    from raid_items, generate_series(1, 3) where number % 10 = 1`
}

function counters() {
  return `
    insert into ref_counters (organisation_id, project_id, kind, last_number)
    select organisation_id, project_id, type, max(number)
    from raid_items group by organisation_id, project_id, type`
}
