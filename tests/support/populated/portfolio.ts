import ProjectRequest, { type RequestFields } from '#models/project_request'
import BoardPack from '#models/board_pack'
import SavedView, { type ViewFields } from '#models/saved_view'
import type { ViewedList } from '#models/saved_view/lists'
import Programme from '#models/programme'
import Project from '#models/project'
import type { Person, World } from '#tests/support/world'

/** A programme that holds the project, a view of each list, and a board pack. */
export async function addPortfolioRows(world: World, project: Project) {
  const manager = await world.person('manager')
  await world.inside(async () => {
    const programme = await beginProgramme({ managerId: manager.membershipId })
    await programme.take(await Project.findOrFail(project.id))
  })
  await ask(world, manager)
  await keepView(world, manager)
  await keepView(world, manager, { query: 'type=risk&state=open' }, 'raid')
  await keepView(world, manager, { query: 'state=late' }, 'reports')
  const viewer = await world.viewer(manager)
  await world.inside(() => BoardPack.begin(viewer, 'rag=red', [project.id]), manager)
}

/** Someone's view, of the portfolio unless another list is named, with a unique name. */
export async function keepView(
  world: World,
  owner: Person,
  fields: Partial<ViewFields> = {},
  list: ViewedList = 'portfolio'
) {
  const viewer = await world.viewer(owner)
  const name = `View ${Math.random()}`
  const usual = { name, visibility: 'private', query: 'rag=red', isDefault: false } as const
  return world.inside(() => SavedView.keep(viewer, list, { ...usual, ...fields }), owner)
}

/** Someone's request for a project. */
export function ask(world: World, by: Person, fields: Partial<RequestFields> = {}) {
  const usual = { title: 'A second lock', purpose: 'Ships wait for two days' }
  return world.inside(() => ProjectRequest.ask({ ...usual, ...fields } as RequestFields), by)
}

/** A programme with a unique code, by the person at work. */
export function beginProgramme(fields: Partial<Programme> = {}) {
  const code = `P${Math.random().toString(36).slice(2, 9).toUpperCase()}`
  const rest = { name: 'Harbour renewal', description: null, managerId: null }
  return Programme.begin({ code, ...rest, ...fields } as Programme)
}
