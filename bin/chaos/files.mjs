import { createHash } from 'node:crypto'
import { connected } from '../postgres/connection.mjs'

const LARGEST = 60_000

const FOUND = `select id from gate_evidence where name = $1`

/** Acts of people who attach files to a gate and take them away again. */
export const fileActs = {
  async file({ mine, ledger, chance, table }) {
    const write = ledger.begin('file')
    const bytes = pdf(write.key, chance.next() * LARGEST)
    write.sha256 = createHash('sha256').update(bytes).digest('hex')
    const file = { name: `${write.key}.pdf`, bytes }
    const answer = await mine.manager.upload(table.files, { kind: 'file' }, file)
    if (ledger.end(write, answer, /#evidence$/)) table.kept.push(write.key)
  },

  /** One whose end is not known is left alone: nobody could tell whether it is still there. */
  async discard({ mine, ledger, chance, table, cluster }) {
    if (table.kept.length === 0) return
    const place = Math.floor(chance.next() * table.kept.length)
    const id = await idOf(cluster, table.kept[place])
    if (!id) return
    const [key] = table.kept.splice(place, 1)
    const write = ledger.begin('discard')
    write.of = key
    const answer = await mine.manager.post(`${table.files}/${id}?_method=DELETE`, {})
    ledger.end(write, answer, /#evidence$/)
  },
}

/** A file that passes for a PDF, of about this many bytes. */
export function pdf(text, size) {
  return Buffer.from(`%PDF-1.7\n${`${text}\n`.repeat(1 + size / (text.length + 1))}%%EOF\n`)
}

/** Null while the database is away. */
function idOf(cluster, key) {
  return connected(cluster.database.admin, async (client) => {
    const { rows } = await client.query(FOUND, [`${key}.pdf`])
    return rows[0]?.id ?? null
  }).catch(() => null)
}
