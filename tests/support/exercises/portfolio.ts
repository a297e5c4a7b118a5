import Project from '#models/project'
import { beginProgramme, keepView } from '#tests/support/populated/portfolio'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'

const code = () => `P${Math.random().toString(36).slice(2, 9).toUpperCase()}`

/** How to make each audited route of the portfolio succeed once. */
export const portfolioExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
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
}
