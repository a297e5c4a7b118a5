import { connected } from '../postgres/connection.mjs'
import { Failure } from '../support/failure.mjs'
import { pdf } from './files.mjs'

/** A gate whose criteria are met, whatever they require. */
const READY = `
  update gate_criteria set evidence_required = false, check_kind = 'manual', rule = null, assessment = 'met'
   where gate_id = $1`

const GATES = `
  select g.id, (select c.id from gate_criteria c where c.gate_id = g.id order by c.id limit 1) as criterion
    from gates g where g.project_id = $1 order by g.position limit 2`

/**
 * A project for one writer alone: its first gate has a chair and a decider on its board and is prepared, with a file of
 * evidence; its second, which no one submits, accepts files.
 */
export async function layTable(number, { cluster, members, mine }) {
  const { manager, sponsor, 'gate-decider': decider } = members
  const made = await mine.pmo.post('/projects', {
    code: `CHAOS${number}`,
    name: `Chaos ${number}`,
    visibility: 'organisation',
    status: 'active',
    manager_id: manager,
    sponsor_id: sponsor,
  })
  const project = taken(made, /\/projects\/([0-9a-f-]{36})$/)[1]
  const path = `/projects/${project}`
  const role = { membership_id: decider, role: 'gate_decider' }
  taken(await mine.owner.post(`${path}/roles`, role), /\/members$/)

  const [decided, open] = await inDatabase(cluster, GATES, project)
  const gate = `${path}/gates/${decided.id}`
  const board = { decision_rule: 'chair_after_advice', quorum: '1', lock_version: '0' }
  const seats = { [`seats[${sponsor}]`]: 'chair', [`seats[${decider}]`]: 'decider' }
  taken(
    await mine.pmo.post(`${gate}/board?_method=PUT`, { ...board, ...seats }),
    /\/gates\/[0-9a-f-]{36}$/
  )
  taken(await mine.manager.post(`${gate}/preparation`, {}), /\/gates\/[0-9a-f-]{36}$/)
  const evidence = `${gate}/criteria/${decided.criterion}/evidence`
  const file = { name: `table-${number}.pdf`, bytes: pdf(`table ${number}`, 2000) }
  taken(await mine.manager.upload(evidence, { kind: 'file' }, file), /#evidence$/)
  await inDatabase(cluster, READY, decided.id)
  return {
    project,
    path,
    gate,
    gateId: decided.id,
    files: `${path}/gates/${open.id}/criteria/${open.criterion}/evidence`,
    /** What was added there, and not removed. */
    kept: [],
  }
}

function taken({ status, location, error, body }, acknowledges) {
  const found = status === 303 && acknowledges.exec(location)
  if (found) return found
  throw new Failure(`A project could not be prepared: ${error ?? `${status} ${location} ${body}`}`)
}

async function inDatabase(cluster, query, id) {
  return connected(cluster.database.admin, async (client) => {
    await client.query('set session_replication_role = replica')
    return (await client.query(query, [id])).rows
  })
}
