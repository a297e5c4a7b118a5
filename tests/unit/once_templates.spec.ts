import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { formsWithoutKey } from '#tests/support/once'

/** The component that prints the forms of all others. */
const COMPONENT = 'components/form.edge'

test.group('Templates: what is sent twice takes effect once', () => {
  test('every form that creates something carries its key', async ({ assert }) => {
    const without = []
    for (const [name, text] of await templates()) {
      if (name === COMPONENT) continue
      for (const form of formsWithoutKey(text)) without.push(`${name} ${form}`)
    }
    assert.deepEqual(without, [], 'make it with @form, or say {{ onceField() }}')
  })

  test('the component of forms brings it', async ({ assert }) => {
    const text = new Map(await templates()).get(COMPONENT)!
    assert.match(text, /@if\(verb === 'POST'\)\s+\{\{ onceField\(\) \}\}/)
  })

  test('a form without one is found', ({ assert }) => {
    const creating = '<form method="post" action="/raid">'
    const changing = '<form method="post" action="/raid/1?_method=PUT">'
    const asking = '<form method="get" action="/raid">'
    const whole = (tag: string, inside = '') => `${tag}\n${inside}</form>`
    assert.deepEqual(formsWithoutKey(whole(creating) + whole(changing) + whole(asking)), [creating])
    assert.deepEqual(formsWithoutKey(whole(creating, '{{ onceField() }}')), [])
    assert.deepEqual(formsWithoutKey(whole(creating, '<input name="_once" value="x">')), [])
  })
})

/** Every template of a page, by its name. Mails and exports have no forms. */
async function templates(): Promise<[string, string][]> {
  const folder = app.makePath('resources/views')
  const names = (await readdir(folder, { recursive: true })).filter((name) =>
    name.endsWith('.edge')
  )
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [
      name,
      await readFile(join(folder, name), 'utf8'),
    ])
  )
}
