import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import Project from '#models/project'
import { Tasks } from '#tests/support/tasks'
import { Walk } from '#tests/support/walk'

const ORDER = [
  'apple stores',
  'Ärmelkanal',
  'eInvoicing',
  'Émile’s yard',
  'Lot 2',
  'Lot 10',
  'Zoning',
]
const SHUFFLED = [6, 2, 0, 5, 3, 1, 4].map((index) => ORDER[index])

test.group('Names and titles in the order of a dictionary', (group) => {
  let tasks: Tasks
  group.setup(async () => {
    tasks = await Tasks.create()
    for (const title of SHUFFLED) {
      await tasks.raise('issue', { title })
      await tasks.add({ title })
    }
    await tasks.world.inside(async () => {
      for (const [index, name] of SHUFFLED.entries()) {
        await ExternalResource.add({ name, email: null }, { name: 'Ada' })
        await Project.begin({ code: `D${index}`, name, status: 'active' })
      }
    })
  })

  for (const [list, path] of [
    ['the RAID log', () => `/projects/${tasks.project.id}/raid?type=issue&sort=title`],
    ['RAID across projects', () => '/raid?type=issue&sort=title'],
    ['a project’s tasks', () => `/projects/${tasks.project.id}/tasks?sort=title`],
    ['tasks across projects', () => '/tasks?sort=title'],
    ['external people', () => '/externals'],
    ['projects', () => '/projects?sort=name'],
    ['the portfolio', () => '/portfolio?view=all&sort=name'],
  ] as const) {
    test(`are in ${list}, both ways`, async ({ assert, client }) => {
      const owner = await Walk.begin(client, await tasks.world.person('owner'))
      const listed = async (address: string) => {
        const html = (await owner.open(address)).text().split('<main').at(-1)!
        return ORDER.toSorted((one, other) => placeOf(html, one) - placeOf(html, other))
      }
      assert.deepEqual(await listed(path()), ORDER)
      if (path().includes('sort=')) {
        assert.deepEqual(await listed(`${path()}&direction=desc`), ORDER.toReversed())
      }
    })
  }

  function placeOf(html: string, name: string) {
    const place = html.search(new RegExp(`>\\s*(<bdi[^>]*>)?${name}\\s*<`))
    if (place < 0) throw new Error(`"${name}" is not listed`)
    return place
  }
})
