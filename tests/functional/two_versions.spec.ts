import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import LifecycleTemplate from '#models/lifecycle_template'
import { types, type RaidType } from '#models/raid/enumerations'
import { declaredRoutes } from '#start/router'
import { comparedForms, namesIn, type ComparedForm } from '#tests/support/compared_forms'
import { CriterionScene } from '#tests/support/criterion_scene'
import { Log } from '#tests/support/raid_log'
import { setScene, type Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'
import { startsOf } from '#tests/support/starts'
import { World, type Person } from '#tests/support/world'

/** Where the forms of this product stand that change what is there. */
const FORMS = /\/(edit|schedule)$|^\/settings|\/baselines\/create$|\/criteria\/[^/]+$/

test.group('Two versions', () => {
  test('show all that was typed, in any form', async ({ assert, client }) => {
    const scene = await setScene()
    const paths = [...(await startsOf(scene)), ...(await pathsIn(scene))]
    const sent = new Set<string>()
    const lost: string[] = []
    for (const role of ['manager', 'owner'] as const) {
      const person = await scene.world.person(role)
      for (const form of await formsOn(paths, client, person)) {
        if (sent.has(form.action)) continue
        sent.add(form.action)
        lost.push(...(await lostBy(form, client, person)))
      }
    }
    assert.deepEqual(lost, [])
    assert.isAtLeast(sent.size, 18)
  }).timeout(60_000)

  test('show all that was typed into the assessment of a criterion', async ({ assert, client }) => {
    const { page, world } = await CriterionScene.create()
    const manager = await world.person('manager')
    const [form] = await formsOn([page], client, manager)
    assert.includeMembers(form.typed, ['assessment', 'note', 'owner_id'])
    assert.deepEqual(await lostBy(form, client, manager), [])
  })

  test('show all that was typed into the gate of a lifecycle', async ({ assert, client }) => {
    const world = await World.create()
    const [draft, gate] = await world.inside(async () => {
      const version = await (await LifecycleTemplate.offered().firstOrFail()).nextDraft()
      return [version, (await version.parts()).gates[0]] as const
    })
    const pmo = await world.person('pmo')
    const path = `/settings/lifecycles/${draft.id}/stages/${gate.stageId}/gate/edit`
    const [form] = await formsOn([path], client, pmo)
    assert.includeMembers(form.typed, ['name', 'purpose'])
    assert.deepEqual(await lostBy(form, client, pmo), [])
  })

  for (const type of Object.keys(types) as RaidType[]) {
    test(`show all that was typed into the form of a RAID entry: ${type}`, async ({
      assert,
      client,
    }) => {
      const log = await Log.create()
      const item = await log.raise(type)
      const path = `/projects/${log.project.id}/raid/${item.id}/edit`
      const [form] = await formsOn([path], client, log.people.manager)
      assert.deepEqual(await lostBy(form, client, log.people.manager), [])
    })
  }
})

async function pathsIn(scene: Scene) {
  const paths = []
  for (const { methods, pattern } of declaredRoutes()) {
    if (!methods.includes('GET') || pattern.startsWith('/api/')) continue
    if (FORMS.test(pattern)) paths.push(await pathTo(scene, pattern))
  }
  return paths
}

/** The forms that tell two versions apart, on those of the pages that this person may open. */
async function formsOn(paths: string[], client: ApiClient, person: Person) {
  const forms: ComparedForm[] = []
  for (const path of paths.filter((one) => FORMS.test(one))) {
    const page = await send(client, 'GET', path, person)
    if (page.status() === 200) forms.push(...comparedForms(page.text()))
  }
  return forms
}

/** What somebody typed and is not shown again, after another person had saved first. */
async function lostBy(form: ComparedForm, client: ApiClient, person: Person) {
  const page = await client.post(form.action).form(form.sentLate).as(person)
  if (page.status() !== 409) return [`${form.action} answers ${page.status()}`]
  const shown = namesIn(page.text())
  return form.typed.filter((name) => !shown.has(name)).map((name) => `${form.action}: ${name}`)
}
