import { KIND, idOf } from '../bench/sizes.mjs'
import { PROJECT } from '../bench/visitor.mjs'
import { COMMON_WORD } from '../bench/sizes.mjs'

const log = `/projects/${PROJECT}/raid`
const item = () => `${log}/${idOf(KIND.item, 1 + Math.floor(Math.random() * 100))}`
const raised = { raised_on: '2026-11-01', escalation: 'project', sensitivity: 'normal' }

/** What people do, and how often of a hundred. `office` is asked by somebody who sees every project. */
export const TRAFFIC = {
  'project list': { share: 8, path: () => '/projects' },
  'project home': { share: 10, path: () => `/projects/${PROJECT}` },
  'RAID list': { share: 18, path: () => `${log}?type=risk` },
  'filtered RAID list': { share: 6, path: () => `${log}?type=risk&state=open&band=high&sort=due` },
  'item page': { share: 18, path: item },
  'task list': { share: 8, path: () => `/projects/${PROJECT}/tasks` },
  'my work': { share: 8, path: () => '/work' },
  'search': { share: 4, path: () => `/raid?type=risk&q=${COMMON_WORD}` },
  'portfolio': { share: 2, office: true, path: () => '/portfolio?view=all' },
  'create item': {
    share: 8,
    path: () => log,
    fields: () => ({
      ...raised,
      type: 'risk',
      nature: 'threat',
      title: 'Supplier is late',
      status: 'open',
    }),
  },
  'comment': {
    share: 6,
    path: () => `${item()}/comments`,
    fields: () => ({ body: 'The team has looked at the options and will report back.' }),
  },
  'create task': {
    share: 4,
    path: () => `/projects/${PROJECT}/tasks`,
    fields: (person) => ({ title: 'Call the supplier', assignee: person }),
  },
}

export function kindByChance() {
  let left = Math.random() * 100
  return Object.keys(TRAFFIC).find((kind) => (left -= TRAFFIC[kind].share) < 0) ?? 'item page'
}
