import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { allows, type Role } from '#policies/permissions'
import { inventory } from '#registries/personal_data_inventory'
import { declaredRoutes } from '#start/router'
import { openPage } from '#tests/support/browser'
import { setScene, type Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { asSuperuser } from '#tests/support/superuser'

/** Each would run, load or take over something where text is put into a page as markup. */
const PAYLOADS = [
  `"'><img src=x onerror=window.struck=1>`,
  `</textarea></title></script><script>window.struck=1</script>`,
  `<svg/onload=window.struck=1><a href="javascript:window.struck=1">x</a>`,
  `[x](javascript:window.struck=1) ![x](https://struck.example/x.png) <style>*{display:none}</style>`,
  `<div hx-get="/struck" hx-trigger="load" data-hx-get="/struck" autofocus onfocus=window.struck=1>`,
  `{{ 7 * 7 }} \${7*7} {{{ '<script>window.struck=1</script>' }}} @include('x')`,
]
const READERS: Role[] = ['manager', 'pmo', 'owner', 'auditor']

/** Answers that are files or streams, not pages. */
const NO_PAGE = /\.(csv|xlsx|json|ics|zip)$|\/(file|export|archive|stream|events)$/

test.group('Hostile text in every field', () => {
  test('runs, loads and hides nothing on any page of a member', async ({ assert, browser }) => {
    const scene = await setScene()
    const written = await strike(scene)
    assert.isAbove(written, 60)
    const struck: string[] = []
    let seen = 0
    for (const role of READERS) {
      const person = await scene.world.person(role)
      const { page, complaints } = await openPage(browser, { person, consent: 'rejected' })
      page.on('dialog', (dialog) => struck.push(`a dialog: ${dialog.message()}`))
      page.on('request', (request) => {
        if (/struck/.test(request.url())) struck.push(`a request: ${request.url()}`)
      })
      for (const pattern of pagesOf(role)) {
        const path = await pathTo(scene, pattern)
        complaints.length = 0
        const answer = await page.goto(path)
        if (await isStruck(page)) struck.push(`a script on ${path}`)
        // A refused script or style tells on itself, though it did not run.
        struck.push(...complaints.filter(isAboutPolicy).map((text) => `${path}: ${text}`))
        if (answer?.status() === 200) seen++
      }
      await page.context().close()
    }
    assert.deepEqual(struck, [])
    assert.isAbove(seen, 60)
  })
})

/** Puts the payloads wherever people's words stand; answers how many columns took them. */
async function strike({ world }: Scene) {
  let written = 0
  for (const [table, { columns, sealed = '' }] of Object.entries(inventory)) {
    if (!table.startsWith('public.') || table === 'public.users') continue
    const names = `${columns.content ?? ''} ${columns.identity ?? ''}`.split(/\s+/).filter(Boolean)
    for (const name of names.filter((column) => !sealed.split(/\s+/).includes(column))) {
      if (await put(table, name, world.organisationId)) written++
    }
  }
  await asSuperuser(
    `update users set name = $1 where id in (select user_id from memberships where organisation_id = $2)`,
    [PAYLOADS[0], world.organisationId]
  )
  return written + 1
}

/** Columns with a shape of their own refuse it, which is as good. */
async function put(table: string, column: string, organisationId: string) {
  const rows = await asSuperuser(
    `select ctid::text as place, ${column}::text as text from ${table}
      where organisation_id = $1`,
    [organisationId]
  )
  const payload = `${PAYLOADS[0]} ${PAYLOADS[(table.length + column.length) % PAYLOADS.length]}`
  const updates = rows.map(({ place, text }) =>
    asSuperuser(
      `with off as (select set_config('session_replication_role', 'replica', true))
       update ${table} set ${column} = $1 from off where ctid = $2::tid`,
      [inside(text, payload), place]
    )
  )
  const done = await Promise.allSettled(updates)
  return done.some(({ status }) => status === 'fulfilled')
}

/** The payload in place of a text, or of the words in a document; its codes and dates stay what they are. */
function inside(text: string | null, payload: string): string {
  if (!text || !/^[[{]/.test(text)) return payload
  return JSON.stringify(JSON.parse(text), (_, value) =>
    typeof value === 'string' && /\s/.test(value) ? payload : value
  )
}

function pagesOf(role: Role) {
  const first = (ability: any) => READERS.find((reader) => allows(ability, [reader]))
  return declaredRoutes()
    .filter(({ access, methods, pattern }) => {
      if (access.kind !== 'can' || !methods.includes('GET') || NO_PAGE.test(pattern)) return false
      return first(access.ability) === role
    })
    .map(({ pattern }) => pattern)
}

function isStruck(page: Page) {
  return page.evaluate('Boolean(window.struck)')
}

function isAboutPolicy(text: string) {
  return /Content Security Policy|Refused to|struck/.test(text)
}
