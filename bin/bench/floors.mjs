/**
 * What the same machine does without the application: a constant page; a page of the same 25 rows read with pg and
 * built by hand, also compressed as the application does it; and the transaction that adds an item with its ref and its
 * audit event, by hand.
 */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { brotliCompressSync, constants } from 'node:zlib'
import pg from 'pg'
import { ORGANISATION } from './sizes.mjs'

/** The parent process has ended. */
process.on('disconnect', () => process.exit())

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = constants
const SETTINGS = { params: { [BROTLI_PARAM_QUALITY]: 3, [BROTLI_PARAM_LGWIN]: 17 } }

process.once('message', async ({ url, project, written, member, page }) => {
  const [before, rest] = page.split('<tbody>')
  const after = rest.slice(rest.indexOf('</tbody>'))
  const connection = new URL(url)
  connection.searchParams.set('options', `-c app.organisation_id=${ORGANISATION}`)
  const pool = new pg.Pool({ connectionString: connection.href, max: 10 })
  const build = async () => {
    const { rows } = await pool.query({
      name: 'risks',
      text: RISKS,
      values: [ORGANISATION, project],
    })
    return `${before}<tbody>${rows.map((row) => rowHtml(row, project)).join('')}${after}`
  }
  const ports = {
    constant: await serve(() => page),
    byHand: await serve(build),
    byHandCompressed: await serve(build, true),
    create: await serve(() => create(pool, written, member)),
  }
  process.send(ports)
})

const RISKS = `
  select id, number, title, status, owner_label, due_on::text, current_likelihood, current_impact,
    response, category, nature,
    (select users.name from memberships join users on users.id = memberships.user_id
      where memberships.organisation_id = raid_items.organisation_id
        and memberships.id = raid_items.owner_id) as owner_name
  from raid_items
  where organisation_id = $1 and project_id = $2 and type = 'risk' and sensitivity = 'normal'
  order by rating desc, number desc limit 25`

/** Each of its statements waits for the previous one, as careful hand-written code would. */
async function create(pool, project, member) {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query({
      name: 'enter',
      text: `select set_config('app.organisation_id', $1, true)`,
      values: [ORGANISATION],
    })
    const { rows } = await client.query({
      name: 'number',
      text: NUMBER,
      values: [ORGANISATION, project],
    })
    const id = randomUUID()
    const number = rows[0].last_number
    await client.query({
      name: 'add',
      text: ADD,
      values: [ORGANISATION, id, project, number, member],
    })
    await client.query({ name: 'tell', text: TELL, values: [project, member, id] })
    await client.query('commit')
    return id
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

const NUMBER = `
  insert into ref_counters (organisation_id, project_id, kind, last_number) values ($1, $2, 'risk', 1)
  on conflict (organisation_id, project_id, kind) do update set last_number = ref_counters.last_number + 1
  returning last_number`

const ADD = `
  insert into raid_items (organisation_id, id, project_id, type, number, title, status, raised_on, nature,
    current_likelihood, current_impact, created_by)
  values ($1, $2, $3, 'risk', $4, 'Supplier delivery is late', 'open', date '2026-11-01', 'threat', 3, 4, $5)`

const TELL = `
  select audit.append($1, 'member', $2, 'raid_item.created', 'raid_item', $3, null, '{}'::jsonb,
    '{"title": {"v": {"after": "Supplier delivery is late"}, "subject": null}}'::jsonb)`

function serve(build, compressed = false) {
  const server = createServer(async (request, response) => {
    const html = await build()
    const body = compressed ? brotliCompressSync(html, SETTINGS) : html
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    if (compressed) response.setHeader('Content-Encoding', 'br')
    response.setHeader('Content-Length', Buffer.byteLength(body))
    response.end(body)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port))
  })
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escape(value) {
  return String(value ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character])
}

function rowHtml(row, project) {
  const score = row.current_likelihood * row.current_impact
  const owner = escape(row.owner_name ?? row.owner_label ?? 'Unassigned')
  // Without indentation, as the application sends it.
  return `
<tr id="item-${row.id}">
<td class="ref">PRJ001-R${row.number}</td>
<th scope="row" class="cell-wide"><a class="row-title" href="/projects/${project}/raid/${row.id}" hx-target="body" hx-swap="innerHTML">${escape(row.title)}</a><span class="row-sub">${escape(row.category)}</span></th>
<td class="nowrap" data-label="Score">
<span class="badge tone-severe"><span class="level level--4" aria-hidden="true"><i></i><i></i><i></i><i></i></span>${score} Severe</span>
</td>
<td data-label="Response">${escape(row.response ?? 'None yet')}</td>
<td data-label="Status"><svg class="icon icon--inline tone-ink tone-warn" aria-hidden="true"><use href="#i-half"/></svg>
<a class="cell-edit" href="/projects/${project}/raid?type=risk&edit=${row.id}#item-${row.id}">${escape(row.status)}<span class="visually-hidden">, change PRJ001-R${row.number}</span></a>
</td>
<td data-label="Owner">
<a class="cell-edit" href="/projects/${project}/raid?type=risk&edit=${row.id}#item-${row.id}">${owner}<span class="visually-hidden">, change PRJ001-R${row.number}</span></a>
</td>
<td class="nowrap" data-label="Response due">
<time datetime="${row.due_on}">${row.due_on}</time>
</td>
</tr>`
}
