import { COMMON_WORD, idOf, isClosed, KIND } from '../bench/sizes.mjs'

const raised = { raised_on: '2026-11-01', escalation: 'project', sensitivity: 'normal' }

/**
 * What people do, and how often in a hundred. Each request is about one of the projects that they manage; `office` ones
 * are from someone who sees every project.
 */
export const TRAFFIC = {
  'project list': { share: 8, path: () => '/projects' },
  'project home': { share: 10, path: ({ project }) => project },
  'RAID list': { share: 18, path: ({ project }) => `${project}/raid?type=risk` },
  'filtered RAID list': {
    share: 6,
    path: ({ project }) => `${project}/raid?type=risk&state=open&band=high&sort=due`,
  },
  'item page': { share: 18, path: ({ item }) => item },
  'task list': { share: 8, path: ({ project }) => `${project}/tasks` },
  'my work': { share: 8, path: () => '/work' },
  'search': { share: 4, path: () => `/raid?type=risk&q=${COMMON_WORD}` },
  'portfolio': { share: 2, office: true, path: () => '/portfolio?view=all' },
  'create item': {
    share: 8,
    path: ({ project }) => `${project}/raid`,
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
    path: ({ item }) => `${item}/comments`,
    fields: () => ({ body: 'The team has looked at the options and will report back.' }),
  },
  'create task': {
    share: 4,
    path: ({ project }) => `${project}/tasks`,
    fields: ({ person }) => ({ title: 'Call the supplier', assignee: person }),
  },
}

export function kindByChance() {
  let left = Math.random() * 100
  return Object.keys(TRAFFIC).find((kind) => (left -= TRAFFIC[kind].share) < 0) ?? 'item page'
}

/** The target of a manager's next request: one of the manager's projects, and one of its entries. */
export function somewhere({ manager, person }, size) {
  const places = openProjects(manager, size)
  const place = places[Math.floor(Math.random() * places.length)]
  const project = `/projects/${idOf(KIND.project, place)}`
  const number = 1 + Math.floor(Math.random() * size.itemsPerProject)
  const item = idOf(KIND.item, (place - 1) * size.itemsPerProject + number)
  return { person, project, item: `${project}/raid/${item}` }
}

function openProjects(manager, { projects, managers }) {
  const first = manager - 1 || managers
  return Array.from({ length: projects / managers }, (_, turn) => first + turn * managers).filter(
    (place) => !isClosed(place)
  )
}
