import type { Viewer } from '#identity/viewer'
import { projectStatuses, type ProjectStatus } from '#models/project/states'
import { visibleAmong } from '#models/project/visibility'
import { statusLabel, types, type RaidType } from '#models/raid/enumerations'
import { refOf } from '#models/raid/refs'
import { itemNamed } from '#models/raid/search'
import { ANOTHER } from '#models/raid/other_projects'
import { onVisibleSide, visibleItems } from '#models/raid/visibility'
import { attachments, evidence } from '#models/search/files'
import { gates } from '#models/search/gates'
import type { FoundRow, Kind } from '#models/search/kind'
import { reports } from '#models/search/reports'
import { taskRef } from '#models/task/refs'
import { taskNamed } from '#models/task/search'
import { taskStatuses, type TaskStatus } from '#models/task/states'
import { visibleTasks } from '#models/task/visibility'

const projects: Kind = {
  name: 'projects',
  label: 'Projects',
  table: 'projects',
  columns: ['projects.id', 'projects.status'],
  from: 'projects',
  text: 'projects.description',
  matches: 'project_matches',
  alike: 'projects_like',
  latest: 'projects.updated_at',
  named: (text) => ['projects.code = ?', [text.trim().toUpperCase()]],
  hit: (row) => ({
    ref: row.project_code!,
    title: row.project_name,
    href: `/projects/${row.id}`,
    standing: `Project, ${lower(projectStatuses[row.status as ProjectStatus])}`,
  }),
  list: (text) => `/projects?q=${encodeURIComponent(text)}`,
}

const raid: Kind = {
  name: 'raid',
  label: 'RAID log',
  table: 'raid_items',
  columns: columns('raid_items', 'id project_id counterpart_project_id type number title status'),
  from: joined('raid_items'),
  text: `concat_ws(' ', raid_items.description, raid_items.cause, raid_items.event, raid_items.effect,
    raid_items.response_plan, raid_items.resolution, raid_items.rationale)`,
  matches: 'raid_matches',
  alike: 'raid_items_like',
  latest: 'raid_items.updated_at',
  streams: { column: 'raid_items.type', values: Object.keys(types) },
  visible: (viewer) => visibleItems(viewer),
  within: onVisibleSide,
  inProject: (id) => [
    '(raid_items.project_id = ? or raid_items.counterpart_project_id = ?)',
    [id, id],
  ],
  place: placeShared,
  named: itemNamed,
  hit: (row) => {
    const { type, number, title, status } = row as unknown as ItemRow
    const place = row.project_code ? row.project_id : row.counterpart_project_id
    return {
      ref: refOf(row.project_code, { type, number }),
      title,
      href: `/projects/${place}/raid/${row.id}`,
      standing: `${types[type]}, ${lower(statusLabel(type, status))}`,
    }
  },
}

const tasks: Kind = {
  name: 'tasks',
  label: 'Tasks',
  table: 'tasks',
  columns: columns('tasks', 'id project_id number title status'),
  from: joined('tasks'),
  text: 'tasks.description',
  matches: 'task_matches',
  alike: 'tasks_like',
  latest: 'tasks.updated_at',
  visible: (viewer) => visibleTasks(viewer),
  named: taskNamed,
  hit: (row) => ({
    ref: taskRef(row.project_code!, row.number as number),
    title: row.title as string,
    href: `/projects/${row.project_id}/tasks/${row.id}`,
    standing: `Task, ${lower(taskStatuses[row.status as TaskStatus])}`,
  }),
  list: (text, projectId) =>
    `${projectId ? `/projects/${projectId}` : ''}/tasks?state=all&q=${encodeURIComponent(text)}`,
}

const comments: Kind = {
  name: 'comments',
  label: 'Comments',
  table: 'comments',
  columns: [
    ...columns('comments', 'id raid_item_id task_id'),
    'raid_items.type',
    'coalesce(raid_items.number, tasks.number) as number',
    'coalesce(raid_items.title, tasks.title) as title',
    'projects.id as project_id',
  ],
  from: `comments
    left join raid_items on raid_items.organisation_id = comments.organisation_id
      and raid_items.id = comments.raid_item_id
    left join tasks on tasks.organisation_id = comments.organisation_id and tasks.id = comments.task_id
    join projects on projects.organisation_id = comments.organisation_id
      and projects.id = coalesce(raid_items.project_id, tasks.project_id)`,
  text: `regexp_replace(comments.body, '@\\{member:[0-9a-f-]+\\}', '', 'g')`,
  matches: 'comment_matches',
  alike: null,
  latest: 'comments.id',
  visible: (viewer) => {
    const [items, itemValues] = visibleItems(viewer)
    const [work, workValues] = visibleTasks(viewer)
    return [
      `((raid_items.id is not null and ${items}) or (tasks.id is not null and ${work}))`,
      [...itemValues, ...workValues],
    ]
  },
  hit: (row) => ({
    ref: row.task_id
      ? taskRef(row.project_code!, row.number as number)
      : refOf(row.project_code, row as unknown as ItemRow),
    title: row.title as string,
    href: `${pathOfSubject(row)}#comment-${row.id}`,
    standing: 'Comment',
  }),
}

/** A dependency of a project that the viewer may not know is found in the log of the project it names. */
async function placeShared(rows: FoundRow[], viewer: Viewer) {
  const shared = rows.filter((row) => row.counterpart_project_id)
  if (viewer.seesEveryProject || shared.length === 0) return
  const known = await visibleAmong(
    shared.map((row) => String(row.project_id)),
    viewer
  )
  for (const row of shared) {
    if (known.has(String(row.project_id))) continue
    Object.assign(row, { project_code: null, project_name: ANOTHER })
  }
}

/** Every kind of record that is searched, in the order in which a page shows them. */
export const kinds: Kind[] = [
  projects,
  raid,
  tasks,
  attachments,
  gates,
  evidence,
  reports,
  comments,
]

type ItemRow = { type: RaidType; number: number; title: string; status: string }

function columns(table: string, names: string) {
  return names.split(' ').map((name) => `${table}.${name}`)
}

function joined(table: string) {
  return `${table} join projects on projects.organisation_id = ${table}.organisation_id
    and projects.id = ${table}.project_id`
}

function pathOfSubject({ project_id: project, raid_item_id: item, task_id: task }: any) {
  return item ? `/projects/${project}/raid/${item}` : `/projects/${project}/tasks/${task}`
}

function lower(label: string) {
  return label.toLowerCase()
}
