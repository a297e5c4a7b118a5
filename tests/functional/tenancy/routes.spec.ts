import { readdir, readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { declaredRoutes, type DeclaredRoute } from '#start/router'
import type { Ability } from '#policies/permissions'
import { exercises, performer, type Exercise } from '#tests/support/exercises'
import { ANY, fieldsRead } from '#tests/support/fields_read'
import { relatedIds } from '#tests/support/related'
import { rollingBack } from '#tests/support/rollback'
import { holder, setScene, type Scene } from '#tests/support/scene'
import {
  idForParameter,
  idsByField,
  parametersOf,
  pathTo,
  tableOfField,
} from '#tests/support/scene_ids'
import { essence, randomId, send } from '#tests/support/sending'
import { tokenOf } from '#tests/support/tokens'
import { Writes } from '#tests/support/writes'

type MemberRoute = DeclaredRoute & { access: { kind: 'can'; ability: Ability } }

const memberRoutes = declaredRoutes().filter(
  (route): route is MemberRoute => route.access.kind === 'can'
)
const named = (routes: MemberRoute[]) =>
  routes.map((route) => ({ route, name: `${methodOf(route)} ${route.pattern}` }))

test.group('Tenancy: every route with another organisation’s ids', (group) => {
  let a: Scene
  let b: Scene
  let writes: Writes
  /** What each route takes, from its first test for those that come after. */
  const bodies = new Map<MemberRoute, Exercise['body']>()
  let validated: string[]

  group.setup(async () => {
    a = await setScene('A')
    b = await setScene('B')
    await b.raise()
    writes = await Writes.watch(b.world.organisationId)
    validated = await validatedFields()
  })
  group.teardown(() => writes.end())
  group.each.teardown(async () => {
    const written = await writes.taken(b.world.organisationId)
    if (written.length > 0) throw new Error(`${written.join()} of the other organisation changed`)
  })

  test('in the query: {name}')
    .with(named(memberRoutes.filter((route) => methodOf(route) === 'GET')))
    .run(async ({ assert, client }, { route }) => {
      const person = await holder(a, route.access.ability)
      const path = await pathTo(a, route.pattern)
      const fields = Object.keys(tableOfField)
      const filled = fields.filter(isNoOrganisation).map((name) => [name, randomId()])
      // The first reading of the trail is itself recorded, and would stand in the second's answer.
      const { names: read } = await fieldsRead(async () => {
        await send(client, 'GET', path, person)
        await send(client, 'GET', `${path}?${new URLSearchParams(filled)}`, person)
      })
      const looked = fields.filter((name) => read.includes(name) || read.includes(ANY))
      for (const foreign of await attempts(b, looked)) {
        const names = Object.keys(foreign)
        const random = Object.fromEntries(names.map((name) => [name, randomId()]))
        const [theirs, nobodys] = await Promise.all(
          [foreign, random].map((ids) =>
            send(client, 'GET', `${path}?${new URLSearchParams(ids)}`, person)
          )
        )
        const ids = [...Object.values(foreign), ...Object.values(random)]
        assert.isBelow(theirs.status(), 500, names.join())
        // An audited reading tells of itself in what the next one reads.
        const compared = route.audits ? 1 : undefined
        const [mine, other] = [theirs, nobodys].map((response) =>
          essence(response, ids).split('\n\n').slice(0, compared).join('\n\n')
        )
        assert.equal(mine, other, names.join())
      }
    })

  test('in the body: {name}')
    .with(named(memberRoutes.filter((route) => methodOf(route) !== 'GET')))
    .run(async ({ assert, client }, { route }) => {
      const exercise = exercises[route.name ?? '']
      if (!exercise) throw new Error(`Add ${route.name} to tests/support/exercises.ts`)
      const prepare = async () => {
        const performed = await exercise(a)
        const { params = {}, body } = performed
        bodies.set(route, body)
        const path = await pathTo(a, route.pattern, params)
        const person = await performer(a, performed)
        await tokenOf(person)
        const attempt = async (foreign: Record<string, string>) => {
          const given = { ...body, ...asFields(foreign) }
          const response = await send(client, methodOf(route), path, person, given).accept('json')
          return { response, ids: [...Object.values(params), ...Object.values(foreign)] }
        }
        return attempt
      }
      const first = await prepare()
      // Undone, so that what comes next meets the same rows.
      const { result: control, names: fields } = await fieldsRead(() =>
        rollingBack(() => first({}))
      )
      assert.include(
        [200, 201, 303],
        control.response.status(),
        control.response.text()?.slice(0, 400)
      )
      const known = ['organisation_id', ...validated]
      const read = known.filter((name) => fields.includes(name))
      let attempt: typeof first | null = first
      for (const foreign of await attempts(b, read)) {
        attempt ??= await prepare()
        const names = Object.keys(foreign)
        const random = Object.fromEntries(names.map((name) => [name, randomId()]))
        const nobodys = await rollingBack(() => attempt!(random))
        const theirs = await attempt(foreign)
        const ids = [...theirs.ids, ...nobodys.ids]
        assert.isBelow(theirs.response.status(), 500, names.join())
        assert.equal(settled(theirs.response, ids), settled(nobodys.response, ids), names.join())
        // What was refused has left the rows as they were.
        if (theirs.response.status() < 400) attempt = null
      }
    })

  test('in the path: {name}')
    .with(named(memberRoutes.filter(({ pattern }) => pattern.includes(':'))))
    .run(async ({ assert, client }, { route }) => {
      const person = await holder(a, route.access.ability)
      const body = bodies.get(route) ?? (await exercises[route.name ?? '']?.(a))?.body
      const [ours, others] = [
        await relatedIds(a, route.pattern),
        await relatedIds(b, route.pattern),
      ]
      for (const names of combinations(parametersOf(route.pattern))) {
        const [foreign, random] = await Promise.all([
          Promise.all(names.map((name) => others[name] ?? idForParameter(b, route.pattern, name))),
          names.map(() => randomId()),
        ])
        const [theirs, nobodys] = await Promise.all(
          [foreign, random].map(async (ids) => {
            const given = Object.fromEntries(names.map((name, index) => [name, ids[index]]))
            const path = await pathTo(a, route.pattern, { ...ours, ...given })
            return send(client, methodOf(route), path, person, body)
          })
        )
        theirs.assertStatus(404)
        const ids = [...foreign, ...random]
        assert.equal(essence(theirs, ids), essence(nobodys, ids))
      }
    })
})

/** Ids, refs and codes that count up from one success to the next say nothing about the other side. */
function settled(response: Parameters<typeof essence>[0], ids: string[]) {
  return essence(response, ids)
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/-(SR|[RAIDETGC])\d+/g, '-REF')
    .replaceAll(/\b[A-Z][A-Z0-9]{1,9}-REF/g, 'REF')
    .replaceAll(/"code":"[A-Z0-9]+"/g, '"code":"CODE"')
    .replaceAll(/"counterpart_project":"[A-Z0-9]+ /g, '"counterpart_project":"CODE ')
    .replaceAll(/"lock_version":\d+/g, '"lock_version":N')
    .replaceAll(/\bQuay \d+/g, 'Quay')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT')
}

/** Foreign ids for the fields that a route reads, one by one; then for every other, at once. */
async function attempts(other: Scene, read: string[]): Promise<Record<string, string>[]> {
  const entries = Object.entries(await idsByField(other, read))
  return [
    ...entries.filter(([name]) => read.includes(name)).map(([name, id]) => ({ [name]: id })),
    Object.fromEntries(entries.filter(([name]) => !read.includes(name) && name !== 'organisation')),
  ]
}

/** Whoever names another organisation is asked about that, and no more is read. */
function isNoOrganisation(name: string) {
  return !name.startsWith('organisation')
}

function asFields(ids: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(ids).map(([name, id]) => [name, name.endsWith('_ids') ? [id] : id])
  )
}

/** Fields that hold ids, as the validators name them. */
async function validatedFields(): Promise<string[]> {
  const folder = app.makePath('app/validators')
  const names = new Set<string>()
  for (const file of await readdir(folder)) {
    const source = await readFile(`${folder}/${file}`, 'utf8')
    for (const [, name] of source.matchAll(/\b(\w+_ids?):/g)) names.add(name)
  }
  return [...names]
}

function methodOf({ methods }: { methods: string[] }) {
  return methods.find((method) => method !== 'HEAD')!
}

/** Every way to put foreign ids into at least one of the places. */
function combinations(names: string[]): string[][] {
  return names.length < 2 ? [names] : [names, ...names.map((name) => [name])]
}
