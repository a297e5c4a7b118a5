import { createHash } from 'node:crypto'
import { connected } from '../postgres/connection.mjs'

const LARGEST = 60_000

/** Where people hand files in, and how an answer shows that it was done. */
const HOMES = {
  evidence: { found: 'select id from gate_evidence where name = $1', done: /#evidence$/ },
  attachments: { found: 'select id from task_attachments where name = $1', done: /#files$/ },
}

/** Actions of people who attach files to a gate or to tasks, and remove them again. */
export const fileActs = {
  async file(place) {
    const { table } = place
    const key = await handIn(place, 'file', { path: table.files, home: HOMES.evidence })
    if (key) table.kept.push({ key, path: table.files })
  },

  async discard(place) {
    await takeAway(place, 'discard', { from: place.table.kept, home: HOMES.evidence })
  },

  async attachment(place) {
    const { chance, project, tasks, attached } = place
    if (tasks.length === 0) return
    const path = `/projects/${project.id}/tasks/${chance.of(tasks)}/attachments`
    const key = await handIn(place, 'attachment', { path, home: HOMES.attachments })
    if (key) attached.push({ key, path })
  },

  async detachment(place) {
    await takeAway(place, 'detachment', { from: place.attached, home: HOMES.attachments })
  },
}

/** Its key, if it was acknowledged. */
async function handIn({ mine, ledger, chance }, kind, { path, home }) {
  const write = ledger.begin(kind)
  const bytes = pdf(write.key, chance.next() * LARGEST)
  write.sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = { name: `${write.key}.pdf`, bytes }
  const answer = await mine.manager.upload(path, { kind: 'file' }, file)
  return ledger.end(write, answer, home.done) && write.key
}

/** One whose outcome is unknown is left alone: no one could tell whether it still exists. */
async function takeAway({ mine, ledger, chance, cluster }, kind, { from, home }) {
  if (from.length === 0) return
  const place = Math.floor(chance.next() * from.length)
  const { key, path } = from[place]
  const id = await idOf(cluster, home.found, key)
  if (!id) return
  from.splice(place, 1)
  const write = ledger.begin(kind)
  write.of = key
  const answer = await mine.manager.post(`${path}/${id}?_method=DELETE`, {})
  ledger.end(write, answer, home.done)
}

/** A file that is accepted as a PDF, of about this many bytes. */
export function pdf(text, size) {
  return Buffer.from(`%PDF-1.7\n${`${text}\n`.repeat(1 + size / (text.length + 1))}%%EOF\n`)
}

/** Null while the database is down. */
function idOf(cluster, query, key) {
  return connected(cluster.database.admin, async (client) => {
    const { rows } = await client.query(query, [`${key}.pdf`])
    return rows[0]?.id ?? null
  }).catch(() => null)
}
