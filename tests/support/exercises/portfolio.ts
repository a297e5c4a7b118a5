import { makePack } from '#exports/board_pack/make'
import BoardPack from '#models/board_pack'
import Project from '#models/project'
import { ask, beginProgramme, keepView } from '#tests/support/populated/portfolio'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'
import type { Person, World } from '#tests/support/world'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const code = () => `P${Math.random().toString(36).slice(2, 9).toUpperCase()}`

/** How to make each audited route of the portfolio succeed once. */
export const portfolioExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'project_requests.store': async () => ({
    as: 'member',
    body: { title: 'A second lock', purpose: 'Ships wait for two days' },
  }),
  'project_requests.refusals.store': async ({ world }) => ({
    as: 'pmo',
    params: { id: (await ask(world, await world.person('manager'))).id },
    body: { answer: 'No money this year', lock_version: 1 },
  }),
  'project_requests.withdrawals.store': async ({ world }) => ({
    as: 'manager',
    params: { id: (await ask(world, await world.person('manager'))).id },
    body: { lock_version: 1 },
  }),
  'programmes.store': async () => ({ as: 'pmo', body: { code: code(), name: 'Quays' } }),
  'programmes.update': async ({ world }) => {
    const { id } = await world.inside(() => beginProgramme())
    return {
      as: 'pmo',
      params: { id },
      body: { code: code(), name: 'Quays', lock_version: 1 },
    }
  },
  'programmes.destroy': async ({ world }) => {
    const { id } = await world.inside(() => beginProgramme())
    return { as: 'pmo', params: { id }, body: { lock_version: 1 } }
  },
  'programmes.projects.store': async ({ world }) => {
    const { id } = await world.inside(() => beginProgramme())
    const project = await world.project()
    return { as: 'pmo', params: { id }, body: { project_id: project.id } }
  },
  'programmes.projects.destroy': async ({ world }) => {
    const project = await world.project()
    const { id } = await world.inside(async () => {
      const programme = await beginProgramme()
      await programme.take(await Project.findOrFail(project.id))
      return programme
    })
    return { as: 'pmo', params: { id, project_id: project.id } }
  },
  'portfolio_views.store': async () => ({
    as: 'viewer',
    body: { name: `Reds ${Math.random()}`, visibility: 'private', query: 'rag=red' },
  }),
  'portfolio_views.update': async ({ world }) => {
    const { id } = await keepView(world, await world.person('viewer'))
    const body = { name: `Ambers ${Math.random()}`, visibility: 'private', lock_version: 1 }
    return { as: 'viewer', params: { id }, body: { ...body, query: 'rag=amber' } }
  },
  'portfolio_views.destroy': async ({ world }) => {
    const { id } = await keepView(world, await world.person('viewer'))
    return { as: 'viewer', params: { id } }
  },
  'raid_views.store': async () => ({
    as: 'viewer',
    body: { name: `Mine ${Math.random()}`, visibility: 'private', query: 'type=issue&owner=me' },
  }),
  'raid_views.update': async ({ world }) => {
    const { id } = await keepView(world, await world.person('viewer'), {}, 'raid')
    const body = { name: `Open ${Math.random()}`, visibility: 'private', lock_version: 1 }
    return { as: 'viewer', params: { id }, body: { ...body, query: 'type=risk&state=open' } }
  },
  'raid_views.destroy': async ({ world }) => {
    const { id } = await keepView(world, await world.person('viewer'), {}, 'raid')
    return { as: 'viewer', params: { id } }
  },
  'report_views.store': async () => ({
    as: 'viewer',
    body: { name: `Late ${Math.random()}`, visibility: 'private', query: 'state=late' },
  }),
  'report_views.update': async ({ world }) => {
    const { id } = await keepView(world, await world.person('viewer'), {}, 'reports')
    const body = { name: `Silent ${Math.random()}`, visibility: 'private', lock_version: 1 }
    return { as: 'viewer', params: { id }, body: { ...body, query: 'state=silent' } }
  },
  'report_views.destroy': async ({ world }) => {
    const { id } = await keepView(world, await world.person('viewer'), {}, 'reports')
    return { as: 'viewer', params: { id } }
  },
  'board_packs.store': async (scene) => {
    const as = await scene.member()
    return { as, body: { 'query': 'rag=red', 'projects[]': scene.project.id } }
  },
  'board_packs.downloads.store': async ({ world }) => {
    const as = await world.person('pmo')
    return { as: 'pmo', params: { id: await readyPack(world, as) }, body: { format: 'pdf' } }
  },
}

/** Someone's pack with stored files, made from a small portfolio. */
export async function readyPack(
  world: World,
  owner: Person,
  projectIds: string[] = [],
  query = ''
) {
  const viewer = await world.viewer(owner)
  const { id } = await world.inside(async () => {
    await sql(
      Tenancy.current().trx,
      `update board_packs set status = 'failed' where organisation_id = ? and membership_id = ?
         and status in ('queued', 'running')`,
      [world.organisationId, owner.membershipId]
    )
    return BoardPack.begin(viewer, query, projectIds)
  }, owner)
  await makePack({ organisationId: world.organisationId, packId: id })
  return id
}
