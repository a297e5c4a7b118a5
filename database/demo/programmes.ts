import Programme from '#models/programme'
import Project from '#models/project'

type DemoProgramme = {
  code: string
  name: string
  description: string
  manager: string
  projects: string[]
}

const demoProgrammes: DemoProgramme[] = [
  {
    code: 'DIGITAL',
    name: 'Digital council',
    description:
      'Residents reach every service **from home**, on a network that carries it, from records that can be found.',
    manager: 'sponsor',
    projects: ['ATLAS', 'BEACON', 'CEDAR'],
  },
  {
    code: 'PLACES',
    name: 'Safer places',
    description: 'Streets and buildings that people can rely on.',
    manager: 'owner',
    projects: ['DELTA', 'ELM'],
  },
]

/** Creates the demo programmes and adds their projects, as the PMO does. */
export async function addDemoProgrammes(idOf: (key: string) => string) {
  for (const { manager, projects, ...fields } of demoProgrammes) {
    const programme = await Programme.begin({ ...fields, managerId: idOf(manager) })
    for (const code of projects) await programme.take(await Project.findByOrFail('code', code))
  }
}
