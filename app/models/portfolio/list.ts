import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import { readPage, type Cursor, type Page, type Position } from '#models/lists/keyset'
import { inDictionary } from '#models/text/names'
import { factJoin, type Fact } from '#models/portfolio/facts'
import type { PortfolioFilters, PortfolioFlag, PortfolioSort } from '#models/portfolio/filters'
import { fittingProjects } from '#models/portfolio/narrowing'
import { silentSince } from '#models/report/silence'
import type { Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type PortfolioPlace = { id: string; code: string; in_group: string; place: string }

/** After every code of a programme: those have ten characters at most. */
const NO_PROGRAMME = 'ZZZZZZZZZZZ'

/**
 * What each order sorts by, as text, and the fact that it needs. `last` comes last in the chosen direction: it means
 * unknown.
 */
const orders: Record<PortfolioSort, { by(last: string): string; fact?: Fact }> = {
  code: { by: () => 'projects.code' },
  name: { by: () => inDictionary('projects.name') },
  rag: { by: () => rank('rag.rating'), fact: 'rag' },
  confidence: { by: () => rank('confidence.rating'), fact: 'confidence' },
  gate: { by: (last) => `coalesce(gate.expected_on::text, ${last})`, fact: 'gate' },
  slip: {
    by: (last) => `coalesce(lpad((gate.slip + 1000000)::text, 8, '0'), ${last})`,
    fact: 'gate',
  },
  severe: { by: () => `lpad(severe.count::text, 8, '0')`, fact: 'severe' },
  // A project that never reported counts as the oldest.
  report: { by: () => `coalesce(report.on::text, '')`, fact: 'report' },
}

function rank(column: string) {
  return `case ${column} when 'red' then '3' when 'amber' then '2' when 'green' then '1' else '0' end`
}

type Totals = Map<string, number>

/** One page of the projects that match, by id. Only what the filters and the order need is looked up. */
export function listPortfolio(
  viewer: Viewer,
  filters: PortfolioFilters
): Promise<Page<PortfolioPlace>> {
  const reading = (position: Position, limit: number) => {
    const { listed, values, seek } = asked(viewer, filters, [], position)
    return read<PortfolioPlace>(
      Tenancy.current().trx,
      `select * from (${listed}) listed ${seek.where} order by ${seek.order} limit ?`,
      [...values, ...seek.values, limit]
    )
  }
  return readPage(filters, reading, cursorOf)
}

/** The same with how many match in all, by their overall rating: what is looked up for each project serves both. */
export async function portfolioPage(viewer: Viewer, filters: PortfolioFilters) {
  let totals: Totals = new Map()
  const reading = async (position: Position, limit: number) => {
    const { listed, values, seek } = asked(viewer, filters, ['rag'], position)
    const rows = await read<PortfolioPlace & { totals: Record<string, number> | null }>(
      Tenancy.current().trx,
      `with listed as materialized (${listed}),
       counted as (select coalesce(rating, '') as rating, count(*)::integer as count from listed group by 1)
       select page.id, page.code, page.in_group, page.place, told.totals
         from (select json_object_agg(rating, count) as totals from counted) told
         left join (select * from listed ${seek.where} order by ${seek.order} limit ?) page on true
        order by ${seek.order}`,
      [...values, ...seek.values, limit]
    )
    totals = new Map(Object.entries(rows[0].totals ?? {}))
    return rows.filter(({ id }) => id !== null)
  }
  const page = await readPage<PortfolioPlace>(filters, reading, cursorOf)
  return { page, totals }
}

/** The projects that match with their positions in the order, and the part of it where a page begins. */
function asked(
  viewer: Viewer,
  filters: PortfolioFilters,
  also: Fact[],
  { after, before }: Position
) {
  const order = orders[filters.sort]
  const group = filters.isGrouped ? `coalesce(programmes.code, '${NO_PROGRAMME}')` : `''`
  const place = order.by(filters.direction === 'asc' ? `'9999-12-31'` : `''`)
  const rating = also.includes('rag') ? ', rag.rating' : ''
  const { from, values } = source(viewer, filters, order.fact ? [order.fact, ...also] : also)
  const seek = seekFrom(after ?? before, filters.direction, Boolean(before))
  const listed = `select projects.id, projects.code, ${group} as in_group, ${place} as place${rating} ${from}`
  return { listed, values, seek }
}

/** How many projects match, by their overall rating; '' when none is declared. */
export async function portfolioTotals(viewer: Viewer, filters: PortfolioFilters): Promise<Totals> {
  const { from, values } = source(viewer, filters, ['rag'])
  const rows = await read<{ rating: string; count: number }>(
    Tenancy.current().trx,
    `select coalesce(rag.rating, '') as rating, count(*)::integer as count ${from} group by 1`,
    values
  )
  return new Map(rows.map(({ rating, count }) => [rating, count]))
}

/** The projects that match, joined with what their filters and `also` need. */
function source(viewer: Viewer, filters: PortfolioFilters, also: Fact[]) {
  const facts = new Set([...factsOf(filters), ...also])
  const found = [...facts].map((fact) => factJoin(fact, viewer))
  const conditions = conditionsOf(viewer, filters)
  return {
    from: `from projects
      left join programmes on programmes.organisation_id = projects.organisation_id
        and programmes.id = projects.programme_id
      left join stages stage on stage.organisation_id = projects.organisation_id
        and stage.id = projects.stage_id
      ${found.map(([text]) => text).join('\n')} where ${conditions.text}`,
    values: [...found.flatMap(([, values]) => values), ...conditions.values],
  }
}

const factOfFlag: Record<PortfolioFlag, Fact> = {
  lapsed: 'lapsed',
  silent: 'report',
  severe: 'severe',
  slipping: 'gate',
}

function factsOf({ rag, flags }: PortfolioFilters): Fact[] {
  return [...(rag ? (['rag'] as const) : []), ...flags.map((flag) => factOfFlag[flag])]
}

function conditionsOf(viewer: Viewer, filters: PortfolioFilters) {
  const { rag, stage, flags } = filters
  const conditions = fittingProjects(viewer, filters)
  if (rag === 'undeclared') conditions.add('rag.rating is null')
  else if (rag) conditions.add('rag.rating = ?', rag)
  if (stage) conditions.add('stage.name = ?', stage)
  for (const flag of flags) conditions.meet(flagConditions[flag]())
  return conditions
}

const flagConditions: Record<PortfolioFlag, () => Condition> = {
  lapsed: () => ['lapsed.count > 0', []],
  silent: () => silentSince('report.on', Tenancy.organisationsZone, today()),
  severe: () => ['severe.count > 0', []],
  slipping: () => ['gate.slip > 0', []],
}

/** The rows beyond a cursor: groups and codes always forwards, what lies between in the chosen direction. */
function seekFrom(cursor: Cursor | null, direction: 'asc' | 'desc', backwards: boolean) {
  const turned = (way: 'asc' | 'desc') => ((way === 'asc') === backwards ? 'desc' : 'asc')
  const [groups, places] = [turned('asc'), turned(direction)]
  const order = `in_group ${groups}, place ${places}, code ${groups}`
  if (!cursor) return { where: '', values: [], order }
  const [value, code] = cursor.map((part) => String(part).replaceAll('\u0000', ''))
  const [inGroup, ...rest] = value.split(' ')
  const at = rest.join(' ')
  const beyond = (way: string) => (way === 'asc' ? '>' : '<')
  return {
    where: `where (in_group ${beyond(groups)} ? or in_group = ? and (place ${beyond(places)} ?
      or place = ? and code ${beyond(groups)} ?))`,
    values: [inGroup, inGroup, at, at, code],
    order,
  }
}

function cursorOf({ in_group: inGroup, place, code }: PortfolioPlace): Cursor {
  return [`${inGroup} ${place}`, code]
}
