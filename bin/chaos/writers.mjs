import { connected } from '../postgres/connection.mjs'
import { openSessions } from '../bench/visitor.mjs'
import { Browser } from './browser.mjs'
import { fileActs } from './files.mjs'
import { gateActs } from './gates.mjs'
import { importActs } from './imports.mjs'
import { layTable } from './tables.mjs'

const COUNT = 8
const SHARES = {
  item: 27,
  revision: 16,
  comment: 15,
  task: 11,
  invitation: 6,
  pack: 2,
  gate: 11,
  file: 5,
  discard: 2,
  attachment: 6,
  detachment: 2,
  import: 5,
}

const PEOPLE = `
  select u.email, u.id as "user", m.organisation_id as organisation, m.id as member from users u
    join memberships m on m.user_id = u.id join organisations o on o.id = m.organisation_id
   where u.email in ('manager@demo.example', 'pmo@demo.example', 'owner@demo.example', 'sponsor@demo.example',
     'gate-decider@demo.example')
     and exists (select from projects p where p.organisation_id = m.organisation_id)`

const PROJECT = `
  select p.id, m.id as manager from projects p
    join memberships m on m.organisation_id = p.organisation_id and m.id = p.manager_id
    join users u on u.id = m.user_id
   where u.email = 'manager@demo.example' and p.status = 'active' order by p.code limit 1`

/** People who write almost without pause, through either web process, until they are told to stop. */
export class Writers {
  static async start({ cluster, ledger, chance }) {
    const { people, project } = await connected(cluster.database.admin, async (client) => ({
      people: (await client.query(PEOPLE)).rows,
      project: (await client.query(PROJECT)).rows[0],
    }))
    const writers = new Writers()
    const browsers = await Promise.all(
      Array.from({ length: COUNT }, () => browsersOf(people, cluster, chance))
    )
    const members = Object.fromEntries(people.map(({ email, member }) => [nameOf(email), member]))
    const shared = { project, ledger, chance, cluster }
    for (const [place, mine] of browsers.entries()) {
      writers.places.push({
        mine,
        items: [],
        tasks: [],
        attached: [],
        table: await layTable(place + 1, { cluster, members, mine }),
        ...shared,
      })
    }
    writers.work = writers.places.map((place) => writers.#write(place))
    return writers
  }

  /** Each writer's own: browsers, what they wrote, and their board. */
  places = []

  async stop() {
    this.stopped = true
    await Promise.all(this.work)
  }

  async #write(place) {
    while (!this.stopped) {
      await place.chance.pause(60, 260)
      await ACTS[place.chance.weighted(SHARES)](place)
    }
  }
}

/** A session each, so that no writer waits for another's. */
async function browsersOf(people, cluster, chance) {
  const entries = people.map(async ({ email, user, organisation }) => {
    const account = { url: cluster.env.DATABASE_URL, appKey: cluster.keys.APP_KEY }
    const [session] = await openSessions({ ...account, user, organisation, count: 1 })
    return [nameOf(email), new Browser(session, cluster.webs, chance)]
  })
  return Object.fromEntries(await Promise.all(entries))
}

function nameOf(email) {
  return email.split('@')[0]
}

const ACTS = {
  ...fileActs,
  ...gateActs,
  ...importActs,

  async item({ mine, project, ledger, items }) {
    const write = ledger.begin('item')
    const answer = await mine.manager.post(`/projects/${project.id}/raid`, itemFields(write.key, 0))
    const isThere = ledger.end(write, answer, /\/raid\/[0-9a-f-]{36}$/)
    if (isThere) items.push({ write, id: answer.location.slice(-36), version: 1 })
  },

  /** One whose outcome is unknown is left alone: no one could tell which version it has. */
  async revision({ mine, project, ledger, chance, items }) {
    if (items.length === 0) return
    const place = Math.floor(chance.next() * items.length)
    const item = items[place]
    const write = ledger.begin('revision')
    const path = `/projects/${project.id}/raid/${item.id}`
    const next = item.version + 1
    Object.assign(write, { of: item.write.key, revision: next })
    const fields = { ...itemFields(item.write.key, next), lock_version: item.version }
    const answer = await mine.manager.post(`${path}?_method=PUT`, fields)
    if (ledger.end(write, answer, new RegExp(`/raid/${item.id}$`))) item.version = next
    else items.splice(place, 1)
  },

  async comment({ mine, project, ledger, chance, items }) {
    if (items.length === 0) return
    const { id } = chance.of(items)
    const write = ledger.begin('comment')
    const answer = await mine.manager.post(`/projects/${project.id}/raid/${id}/comments`, {
      body: write.key,
    })
    ledger.end(write, answer, /#comment-/)
  },

  async task({ mine, project, ledger, tasks }) {
    const write = ledger.begin('task')
    const fields = { title: write.key, assignee: project.manager }
    const answer = await mine.manager.post(`/projects/${project.id}/tasks`, fields)
    const isThere = ledger.end(write, answer, /\/tasks\/[0-9a-f-]{36}$/)
    if (isThere) tasks.push(answer.location.slice(-36))
  },

  async invitation({ mine, ledger }) {
    const write = ledger.begin('invitation')
    const fields = { emails: `${write.key}@example.test`, role: 'member' }
    const answer = await mine.owner.post('/invitations', fields)
    ledger.end(write, answer, /\/invitations$/)
  },

  /** One at a time and twenty a day: refusals are expected. */
  async pack({ mine }) {
    await mine.pmo.post('/portfolio/packs', { query: '' })
  },
}

function itemFields(key, revision) {
  return {
    type: 'risk',
    nature: 'threat',
    title: `${key} revision ${revision}`,
    description: key,
    status: 'open',
    raised_on: '2026-11-01',
    category: 'external_supplier',
    current_likelihood: '3',
    current_impact: '4',
    escalation: 'project',
    sensitivity: 'normal',
  }
}
