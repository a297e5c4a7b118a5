import type { Viewer } from '#identity/viewer'
import Project from '#models/project'
import { visibleProjects } from '#models/project/visibility'
import { refLetters } from '#models/raid/enumerations'
import { visibleItems } from '#models/raid/visibility'
import { CODE, refsIn, type RefParts } from '#models/text/refs'
import { STANDS } from '#models/search/reports'
import { visibleTasks } from '#models/task/visibility'
import { Conditions, type Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Where the record named by a ref is found, and its name. */
type Named = { href: string; title: string }

/** How many refs of one page are looked up; those after them stay plain text. */
const MOST = 200

type Kind = {
  letters: string[]
  table: string
  /** SQL of its name. */
  title: string
  path: string
  /** Narrows to rows that the letters mean and that the viewer may see, in projects that the viewer may see. */
  narrow: (viewer: Viewer) => Condition | null
}

const kinds: Kind[] = [
  {
    letters: Object.values(refLetters),
    table: 'raid_items',
    title: 'raid_items.title',
    path: 'raid',
    narrow: (viewer) => {
      const [visible, values] = visibleItems(viewer)
      return [`${LETTER} = named.letters and ${visible}`, values]
    },
  },
  {
    letters: ['T'],
    table: 'tasks',
    title: 'tasks.title',
    path: 'tasks',
    narrow: (viewer) => visibleTasks(viewer),
  },
  { letters: ['G'], table: 'gates', title: 'gates.name', path: 'gates', narrow: () => null },
  {
    letters: ['C'],
    table: 'gate_conditions',
    title: 'left(gate_conditions.text, 200)',
    path: 'conditions',
    narrow: () => null,
  },
  {
    letters: ['SR'],
    table: 'status_reports',
    title: `'Status report to ' || to_char(status_reports.period_end_on, 'FMDD Mon YYYY')`,
    path: 'reports',
    narrow: () => [STANDS, []],
  },
]

/**
 * The records that refs in the texts name, by ref: those that exist and that the viewer may see. Queries nothing when
 * no text names one.
 */
export async function recordsNamed(
  texts: (string | null | undefined)[],
  viewer: Viewer
): Promise<Map<string, Named>> {
  const refs = refsIn(texts).slice(0, MOST)
  const found = await Promise.all(kinds.map((kind) => named(kind, refs, viewer)))
  return new Map(found.flat())
}

/** The address of the record or project that the ref names, in capitals or not. Throws E_ROW_NOT_FOUND. */
export async function placeOf(ref: string, viewer: Viewer): Promise<string> {
  const code = ref.trim().toUpperCase()
  const record = (await recordsNamed([code], viewer)).get(code)
  if (record) return record.href
  const project = await Project.visibleTo(viewer)
    .where('projects.code', CODE.test(code) ? code : '')
    .firstOrFail()
  return `/projects/${project.id}`
}

async function named(kind: Kind, refs: RefParts[], viewer: Viewer): Promise<[string, Named][]> {
  const own = refs.filter(({ letters }) => kind.letters.includes(letters))
  if (own.length === 0) return []
  const { table, title, path } = kind
  const conditions = new Conditions().meet(visibleProjects(viewer)).meet(kind.narrow(viewer))
  const rows = await read<{ ref: string; title: string; id: string; project_id: string }>(
    Tenancy.current().trx,
    `select named.ref, ${title} as title, ${table}.id, ${table}.project_id
       from unnest(?::text[], ?::text[], ?::text[], ?::int[]) named (ref, code, letters, number)
       join projects on projects.organisation_id = (select app_organisation())
        and projects.code = named.code
       join ${table} on ${table}.organisation_id = projects.organisation_id
        and ${table}.project_id = projects.id and ${table}.number = named.number
      where ${conditions.text || 'true'}`,
    [
      own.map(({ ref }) => ref),
      own.map(({ code }) => code),
      own.map(({ letters }) => letters),
      own.map(({ number }) => number),
      ...conditions.values,
    ]
  )
  return rows.map((row) => [
    row.ref,
    { title: row.title, href: `/projects/${row.project_id}/${path}/${row.id}` },
  ])
}

const LETTER = `case raid_items.type ${Object.entries(refLetters)
  .map(([type, letter]) => `when '${type}' then '${letter}'`)
  .join(' ')} end`
