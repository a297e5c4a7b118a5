import { test } from '@japa/runner'
import Comment from '#models/comment'
import Gate from '#models/gate'
import Task from '#models/task'
import { countQueries } from '#tests/support/query_count'
import { Log } from '#tests/support/raid_log'
import type RaidItem from '#models/raid_item'
import type { Person } from '#tests/support/world'

test.group('Refs lead to what they name', (group) => {
  let log: Log
  let risk: RaidItem
  let kept: RaidItem
  let task: Task
  let gate: Gate
  group.setup(async () => {
    log = await Log.create()
    risk = await log.raise('risk', { title: 'Vendor "late" <again>' })
    kept = await log.raise('risk', { title: 'Price', sensitivity: 'project_leads' })
    const { membershipId: assigneeId } = log.people.team
    await log.world.inside(async () => {
      task = await Task.add(log.project, { title: 'Ask the vendor', assigneeId })
      gate = await Gate.of(log.project).firstOrFail()
    }, log.people.manager)
  })

  const codeOf = () => log.project.code
  const base = () => `/projects/${log.project.id}`

  async function led(client: any, ref: string, person: Person) {
    return client.get(`/refs/${ref}`).as(person).redirects(0)
  }

  test('an address made of a ref leads to its page', async ({ client, assert }) => {
    const places = [
      [`${codeOf()}-R1`, `${base()}/raid/${risk.id}`],
      [`${codeOf().toLowerCase()}-r1`, `${base()}/raid/${risk.id}`],
      [`${codeOf()}-T1`, `${base()}/tasks/${task.id}`],
      [`${codeOf()}-G${gate.number}`, `${base()}/gates/${gate.id}`],
      [codeOf(), base()],
    ]
    for (const [ref, place] of places) {
      const answer = await led(client, ref, log.people.viewer)
      answer.assertStatus(302)
      assert.equal(answer.header('location'), place)
    }
  })

  test('a ref that is unknown or hidden from the reader leads nowhere', async ({ client }) => {
    const elsewhere = await Log.create()
    const { team, stranger } = log.people
    for (const [ref, person] of [
      [`${codeOf()}-R2`, team],
      [`${codeOf()}-R1`, stranger],
      [codeOf(), stranger],
      [`${codeOf()}-R1`, elsewhere.people.pmo],
      [codeOf(), elsewhere.people.pmo],
      [`${codeOf()}-R99`, team],
      [`${codeOf()}-R99999999999`, team],
      [`${codeOf()}-SR1`, team],
      ['%00', team],
    ] as const) {
      const answer = await led(client, ref, person)
      answer.assertStatus(404)
    }
  })

  test('the refs that a text names are links, to those alone who may follow them', async ({
    client,
    assert,
  }) => {
    const words = `See ${codeOf()}-R1, ${codeOf()}-T1 and **${codeOf()}-R2**; not ${codeOf()}-R77, X${codeOf()}-R1 or \`${codeOf()}-R1\`.`
    await log.world.inside(() => Comment.add(risk, log.project, words), log.people.manager)
    const seen = async (person: Person) => {
      const answer = await client.get(`${base()}/raid/${risk.id}`).as(person)
      return (answer.text() as string).match(/See (?:(?!<\/p>).)*not .*<\/code>/s)![0]
    }
    const asManager = await seen(log.people.manager)
    assert.deepEqual(hrefs(asManager), [
      `${base()}/raid/${risk.id}`,
      `${base()}/tasks/${task.id}`,
      `${base()}/raid/${kept.id}`,
    ])
    assert.include(asManager, 'title="Vendor &quot;late&quot; &lt;again&gt;"')
    assert.deepEqual(hrefs(await seen(log.people.team)), [
      `${base()}/raid/${risk.id}`,
      `${base()}/tasks/${task.id}`,
    ])
  })

  test('a ref within a link is not linked again', async ({ client, assert }) => {
    const item = await log.raise('issue', {
      title: 'Linked',
      description: `[${codeOf()}-R1](https://example.test/a) https://example.test/${codeOf()}-R1`,
    })
    const answer = await client.get(`${base()}/raid/${item.id}`).as(log.people.viewer)
    assert.notInclude(answer.text(), `${base()}/raid/${risk.id}"`)
    assert.include(answer.text(), 'href="https://example.test/a"')
  })

  test('many refs cost as much as one, and none costs nothing', async ({ client, assert }) => {
    const page = async (description: string) => {
      const item = await log.raise('assumption', { title: 'Counted', description })
      return countQueries(() => client.get(`${base()}/raid/${item.id}`).as(log.people.manager))
    }
    const none = await page('Nothing is named here.')
    assert.equal(await page(`${codeOf()}-R1`), none + 1)
    assert.equal(await page(`${codeOf()}-R1, ${codeOf()}-R2, ${codeOf()}-A1`), none + 1)
  })
})

function hrefs(html: string) {
  return [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)
}
