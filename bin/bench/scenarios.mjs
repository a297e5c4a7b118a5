import { COMMON_WORD, KIND, RARE_WORD, idOf } from './sizes.mjs'
import { PROJECT, writtenProject } from './visitor.mjs'

const ITEM = idOf(KIND.item, 21)
const log = logOf(PROJECT)

/**
 * What is measured, by its name in the table. `slow` ones get few requests over one connection, and `only` names the
 * one size with enough data.
 */
export const SCENARIOS = [
  { name: 'RAID list, 25 rows', path: `${log}?type=risk` },
  { name: 'RAID list, 25 rows, not compressed', path: `${log}?type=risk`, encoding: 'identity' },
  {
    name: 'RAID list, 25 rows, zstd',
    path: `${log}?type=risk`,
    encoding: 'gzip, deflate, br, zstd',
  },
  { name: 'RAID list, 100 rows', path: `${log}?type=risk&per_page=100` },
  {
    name: 'filtered and sorted list',
    path: `${log}?type=risk&state=open&band=high&sort=due&direction=asc`,
  },
  { name: 'item page', path: `${log}/${ITEM}` },
  { name: 'project home', path: `/projects/${PROJECT}` },
  { name: 'project list', path: '/projects' },
  { name: 'portfolio, 50 of all projects', path: '/portfolio?view=all', office: true },
  {
    name: 'portfolio, 200 of all projects',
    path: '/portfolio?per_page=200&status=all',
    office: true,
  },
  {
    name: 'portfolio, worst first, severe ones only',
    path: '/portfolio?sort=rag&flag=severe&group=programme',
    office: true,
  },
  { name: 'cross-project list', path: '/raid?type=risk' },
  { name: 'cross-project list, PMO', path: '/raid?type=risk', office: true },
  { name: 'search, rare word', path: `/raid?type=risk&q=${RARE_WORD}` },
  { name: 'search, common word', path: `/raid?type=risk&q=${COMMON_WORD}` },
  { name: 'search everything, rare word', path: `/search?q=${RARE_WORD}`, office: true },
  { name: 'search everything, common word', path: `/search?q=${COMMON_WORD}`, office: true },
  { name: 'my work', path: '/work' },
  { name: 'create item', path: (size) => logOf(writtenProject(size)), form: true },
  {
    name: 'CSV export of 5,000 rows',
    path: '/raid.csv?type=dependency&status=agreed',
    office: true,
    slow: true,
    only: 'L',
  },
]

function logOf(project) {
  return `/projects/${project}/raid`
}

/** The bytes of a scenario's request, as the given session sends it to an organisation of this size. */
export function requestOf(
  { path, form, encoding = 'gzip, deflate, br' },
  { cookie, token },
  { port, size }
) {
  const head = [
    `${form ? 'POST' : 'GET'} ${form ? path(size) : path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Accept: text/html,application/xhtml+xml',
    `Accept-Encoding: ${encoding}`,
    `Cookie: ${cookie}`,
  ]
  if (!form) return [...head, '', ''].join('\r\n')

  const body = new URLSearchParams({ ...FIELDS, _csrf: token }).toString()
  const type = 'Content-Type: application/x-www-form-urlencoded'
  return [...head, type, `Content-Length: ${body.length}`, '', body].join('\r\n')
}

const FIELDS = {
  type: 'risk',
  nature: 'threat',
  title: 'Supplier delivery is late',
  description: 'The team has looked at the options and will report back.',
  status: 'open',
  raised_on: '2026-11-01',
  due_on: '2026-12-01',
  category: 'external_supplier',
  current_likelihood: '3',
  current_impact: '4',
  escalation: 'project',
  sensitivity: 'normal',
}
