import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { ahead, type Ahead } from '#models/office/ahead'
import * as standing from '#models/office/standing'
import { endOwnAccess } from '#models/office/accesses'
import { aheadState } from '#pages/backoffice/overview_page'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { asStaff, lookingInto, ownedWorld, suspendedWorld } from '#tests/support/exercises/office'
import { registerStaff, type World } from '#tests/support/world'

const EVERY = 10_000

async function aheadOf({ organisationId }: World) {
  const rows = await asStaff(() => ahead(EVERY))
  return rows.filter((row) => row.organisation_id === organisationId)
}

function rowsOf(kind: Ahead['kind'], count: number, total = count): Ahead[] {
  return Array.from({ length: count }, (_, number) => ({
    kind,
    organisation_id: `id-${number}`,
    name: `Quay ${number}`,
    person: kind === 'look' ? 'Pat Reader' : null,
    at: new Date(`2031-05-1${number}T10:00:00Z`),
    total,
  }))
}

test.group('What is ahead of organisations', () => {
  test('lists staff who are looking in, for as long as they may', async ({ assert }) => {
    const world = await ownedWorld(`Quay ${randomUUID()}`)
    const { staff } = await lookingInto(world)
    const [look, ...others] = await aheadOf(world)
    assert.containsSubset(look, { kind: 'look', person: staff.name })
    assert.isEmpty(others)
    await asStaff(() => endOwnAccess(world.organisationId), staff)
    assert.isEmpty(await aheadOf(world))
  })

  test('lists organisations to be erased, until that is called off', async ({ assert }) => {
    const world = await suspendedWorld(await ownedWorld(`Quay ${randomUUID()}`))
    await asStaff(() => standing.scheduleErasure(world.organisationId))
    const [erasure, ...others] = await aheadOf(world)
    assert.containsSubset(erasure, { kind: 'erasure', person: null })
    assert.isEmpty(others)
    await asStaff(() => standing.callOffErasure(world.organisationId))
    assert.isEmpty(await aheadOf(world))
  })

  test('is hidden from everyone but staff of the platform', async ({ assert }) => {
    const world = await ownedWorld()
    await lookingInto(world)
    const owner = await world.person('owner')
    assert.isEmpty(await world.inside(() => ahead(EVERY), owner))
    assert.isEmpty(await Tenancy.system(PLATFORM, () => ahead(EVERY)))
  })

  test('is under Needs a look, with links', async ({ client, assert }) => {
    const staff = await registerStaff()
    const name = `Quay ${randomUUID()}`
    const world = await ownedWorld(name)
    const show = (path: string) => client.get(path).as(staff)
    const list = `/admin/organisations?show=looked&q=${encodeURIComponent(name)}`
    assert.notInclude((await show(list)).text(), `/admin/organisations/${world.organisationId}`)
    await lookingInto(world)
    assert.include((await show(list)).text(), `/admin/organisations/${world.organisationId}`)
    const overview = (await show('/admin')).text()
    assert.include(overview, 'Needs attention')
    assert.match(overview, new RegExp(`${world.organisationId}|show=looked`))
  })

  test('names a few, and counts the rest', ({ assert }) => {
    const few = aheadState([...rowsOf('look', 1), ...rowsOf('erasure', 2)])
    assert.deepEqual(
      few.map(({ label, href }) => [label, href]),
      [
        ['Quay 0', '/admin/organisations/id-0'],
        ['Quay 0', '/admin/organisations/id-0'],
        ['Quay 1', '/admin/organisations/id-1'],
      ]
    )
    assert.include(few[0].text, 'Pat Reader looks into it until')
    assert.include(few[1].text, 'To be erased on 10 May 2031')
    const many = aheadState([...rowsOf('look', 3, 4), ...rowsOf('erasure', 3, 12)])
    assert.deepEqual(
      many.map(({ text, href }) => [text.split(',')[0], href]),
      [
        ['4 looks by staff are open', '/admin/organisations?show=looked'],
        ['12 organisations', '/admin/organisations?show=erasing'],
      ]
    )
    assert.isEmpty(aheadState([]))
  })
})
