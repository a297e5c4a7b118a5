import { test } from '@japa/runner'
import Import from '#models/import'
import { SMALL_LOG } from '#tests/support/imports'
import { World } from '#tests/support/world'

const PER_PAGE = 50

test.group('The imports of a project', () => {
  test('are shown a page at a time, newest first, each once', async ({ assert, client }) => {
    const world = await World.create()
    const project = await world.project()
    const manager = await world.person('manager')
    const url = `/projects/${project.id}/imports`
    const bytes = Buffer.from(SMALL_LOG)
    const names = Array.from({ length: PER_PAGE + 1 }, (_, index) => `log ${index}.csv`)
    await world.inside(async () => {
      for (const name of names) await Import.upload(project, name, bytes)
    }, manager)

    const shown = async (path: string) => {
      const html = (await client.get(path).as(manager)).text()
      const [next, previous] = ['after', 'before'].map(
        (place) => html.match(new RegExp(`href="(${url}\\?${place}=[^"]+)"`))?.[1]
      )
      return { files: html.match(/log \d+\.csv/g), next, previous }
    }
    const first = await shown(url)
    const second = await shown(first.next!)
    assert.deepEqual([...first.files!, ...second.files!], names.toReversed())
    assert.lengthOf(first.files!, PER_PAGE)
    assert.isUndefined(first.previous)
    assert.isUndefined(second.next)
    assert.deepEqual((await shown(second.previous!)).files, first.files)
  })
})
