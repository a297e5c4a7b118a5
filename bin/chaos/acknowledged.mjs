import { rowsOf } from './imports.mjs'

const ROWS = {
  item: `select description as key, count(*)::int as times from raid_items where description like 'chaos-%' group by 1`,
  comment: `select body as key, count(*)::int as times from comments where body like 'chaos-%' group by 1`,
  task: `select title as key, count(*)::int as times from tasks where title like 'chaos-%' group by 1`,
  invitation: `select split_part(email::text, '@', 1) as key, count(*)::int as times from invitations
    where email like 'chaos-%' group by 1`,
  submission: `select note as key, count(*)::int as times from gate_reviews where note like 'chaos-%' group by 1`,
  vote: `select comment as key, count(*)::int as times from gate_votes where comment like 'chaos-%' group by 1`,
  decision: `select rationale as key, count(*)::int as times from gate_decisions
    where rationale like 'chaos-%' group by 1`,
  file: `select split_part(name, '.', 1) as key, count(*)::int as times from gate_evidence
    where name like 'chaos-%' group by 1`,
  attachment: `select split_part(name, '.', 1) as key, count(*)::int as times from task_attachments
    where name like 'chaos-%' group by 1`,
  upload: `select split_part(file_name, '.', 1) as key, count(*)::int as times from imports
    where file_name like 'chaos-%' group by 1`,
}

/** The kinds of writes that leave one row each. */
export const KINDS = Object.keys(ROWS)

/** Acknowledged writes of one kind that are missing, and those that exist more than once. */
export async function compared(client, ledger, kind) {
  const { rows } = await client.query(ROWS[kind])
  const times = new Map(rows.map((row) => [row.key, row.times]))
  const acknowledged = ledger.of(kind).filter(({ outcome }) => outcome === 'acknowledged')
  const takenAway = new Set(ledger.of('detachment').map(({ of }) => of))
  const lost = acknowledged.filter(({ key }) => !times.has(key) && !takenAway.has(key))
  return {
    lost: lost.map(({ key }) => key),
    twice: rows.filter((row) => row.times > 1).map(({ key }) => key),
  }
}

/** The last acknowledged version, or the one after it whose answer was cut off. */
export async function staleRevisions(client, ledger) {
  const { rows } = await client.query(
    `select description as key, title, lock_version as version from raid_items where description like 'chaos-%'`
  )
  const stored = new Map(rows.map((row) => [row.key, row]))
  const latest = new Map()
  for (const { of, revision, outcome } of ledger.of('revision')) {
    const known = latest.get(of) ?? { least: 1, most: 1 }
    known.most = Math.max(known.most, revision)
    if (outcome === 'acknowledged') known.least = Math.max(known.least, revision)
    latest.set(of, known)
  }
  return [...latest].flatMap(([key, { least, most }]) => {
    const { title, version } = stored.get(key) ?? {}
    const told = version === 1 ? 0 : version
    const isRight = version >= least && version <= most && title === `${key} revision ${told}`
    return isRight ? [] : [`${key}: ${title}, version ${version}, expected ${least} to ${most}`]
  })
}

/** A gate is prepared again after each decision: the trail says how often, the first time before all this. */
export async function preparationsMissing(client, ledger) {
  const { rows } = await client.query(
    `select entity_id as gate, count(*)::int - 1 as times from audit.events where action = 'gate.prepared' group by 1`
  )
  const times = new Map(rows.map((row) => [row.gate, row.times]))
  const acknowledged = ledger.of('preparation').filter(({ outcome }) => outcome === 'acknowledged')
  const counts = Map.groupBy(acknowledged, ({ gate }) => gate)
  return [...counts]
    .filter(([gate, writes]) => (times.get(gate) ?? 0) < writes.length)
    .map(([gate, writes]) => `${gate}: ${times.get(gate)} of ${writes.length}`)
}

/** Files that exist although their removal was acknowledged. */
export async function cameBack(client, ledger) {
  const { rows } = await client.query(
    `select split_part(name, '.', 1) as key from gate_evidence where name like 'chaos-%' and removed_at is null
     union all select split_part(name, '.', 1) from task_attachments where name like 'chaos-%'`
  )
  const standing = new Set(rows.map(({ key }) => key))
  return [...ledger.of('discard'), ...ledger.of('detachment')]
    .filter(({ of, outcome }) => outcome === 'acknowledged' && standing.has(of))
    .map(({ of }) => of)
}

/**
 * An import adds all of its entries or none, and its own row says which. One that a worker gave back, as after three
 * kills, is a draft with its reason.
 */
export async function importedWrongly(client, ledger) {
  const { rows } = await client.query(
    `select split_part(file_name, '.', 1) as key, status,
            problem, (select count(*)::int from raid_items r
              where r.project_id = i.project_id and r.title like split_part(file_name, '.', 1) || ' row %') as times
       from imports i where file_name like 'chaos-%'`
  )
  const acknowledged = new Set(
    ledger.of('import').flatMap(({ of, outcome }) => (outcome === 'acknowledged' ? [of] : []))
  )
  return rows
    .filter(({ key, problem, status, times }) => {
      const isGivenBack = status === 'draft' && problem === 'fault'
      if (acknowledged.has(key) && status !== 'imported' && !isGivenBack) return true
      return times !== (status === 'imported' ? rowsOf(key) : 0)
    })
    .map(({ key, status, times }) => `${key}: ${status}, ${times} entries`)
}

/** According to the receiver: an existing invitation has one mail, any other has none. */
export async function mailsOf(client, receiver) {
  const { rows } = await client.query(
    `select email::text from invitations where email like 'chaos-%'`
  )
  const counts = new Map()
  for (const { body } of receiver.mails) {
    const address = /[^\s<]+@[^\s>]+/.exec(String(body.to))?.[0]
    if (address?.startsWith('chaos-')) counts.set(address, (counts.get(address) ?? 0) + 1)
  }
  const invited = new Set(rows.map(({ email }) => email))
  return {
    missing: [...invited].filter((email) => !counts.has(email)),
    twice: [...counts]
      .filter(([email, count]) => count > 1 || !invited.has(email))
      .map(([email]) => email),
  }
}
