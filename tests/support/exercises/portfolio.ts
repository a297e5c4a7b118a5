import Project from '#models/project'
import { beginProgramme } from '#tests/support/populated/portfolio'
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
}
