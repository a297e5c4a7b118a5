import { ace } from '../support/ace.mjs'
import { connected } from '../postgres/connection.mjs'
import { ROWS as IMPORTED } from './imports.mjs'
import { LEFT_BEHIND } from './left_behind.mjs'
import { packsThatFail } from './packs.mjs'
import { storedWrongly } from './store.mjs'

/** Everything that has to be so after it all, with how much is not. */
export async function findings(cluster, ledger, { places }) {
  const checks = []
  let packs = 0
  const check = (name, wrong, samples = []) =>
    checks.push({ name, wrong: Number(wrong), samples: samples.slice(0, 5) })

  await connected(cluster.database.admin, async (client) => {
    for (const kind of Object.keys(ROWS)) {
      const { lost, twice } = await compared(client, ledger, kind)
      check(`${kind}s acknowledged and not there`, lost.length, lost)
      check(`${kind}s there more than once`, twice.length, twice)
    }
    const stale = await staleRevisions(client, ledger)
    check('revisions acknowledged and not there', stale.length, stale)
    const shy = await preparationsMissing(client, ledger)
    check('preparations acknowledged and not there', shy.length, shy)
    const back = await cameBack(client, ledger)
    check('files discarded and still there', back.length, back)
    const partly = await importedWrongly(client, ledger)
    check('imports applied in part, twice, or not as acknowledged', partly.length, partly)
    const { broken, strays } = await storedWrongly(client, cluster.env.FILES_PATH)
    check('files missing or altered in the store', broken.length, broken)
    check('files in the store that nobody knows', strays.length, strays)
    const mails = await mailsOf(client, cluster.mails)
    check('invitations without their one mail', mails.missing.length, mails.missing)
    check('mails delivered more than once', mails.twice.length, mails.twice)
    for (const [name, query] of Object.entries(LEFT_BEHIND)) {
      const { rows } = await client.query(query)
      check(
        name,
        rows.length,
        rows.map((row) => JSON.stringify(row))
      )
    }
    const { failed, fetched } = await packsThatFail(client, {
      cluster,
      browser: places[0].mine.pmo,
    })
    packs = fetched
    check('packs of decided gates that do not verify', failed.length, failed)
  })
  const { code, output } = await ace(cluster.supervisor, ['audit:verify'], cluster.env)
  check('audit trails that do not verify', code === 0 ? 0 : 1, [output.slice(-1500)])
  const deaths = cluster.processes.flatMap(({ kind, deaths: all }) =>
    all.map((one) => ({ kind, ...one }))
  )
  check(
    'processes that ended by themselves',
    deaths.length,
    deaths.map((one) => JSON.stringify(one))
  )
  const strange = ledger.strange.map(({ write, status, location, body }) => {
    const [requestId] = /[0-9a-f]{8}-[0-9a-f-]{27}(?=<\/code>)/.exec(body) ?? []
    const log = requestId && cluster.webs.map((web) => web.logOf(requestId)).find(Boolean)
    return `${write.kind} ${status} ${location ?? ''} ${log?.slice(0, 1500) ?? textOf(body)}`
  })
  check('answers other than done or 503', strange.length, strange)
  return { checks, packs, mails: cluster.mails.mails.length, sendings: cluster.mails.calls }
}

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

async function compared(client, ledger, kind) {
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

/** The last version that was acknowledged, or the one after it whose answer was cut off. */
async function staleRevisions(client, ledger) {
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

/** A gate is prepared again after each decision: the trail tells how often, the first time before all this. */
async function preparationsMissing(client, ledger) {
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

async function cameBack(client, ledger) {
  const { rows } = await client.query(
    `select split_part(name, '.', 1) as key from gate_evidence where name like 'chaos-%' and removed_at is null
     union all select split_part(name, '.', 1) from task_attachments where name like 'chaos-%'`
  )
  const standing = new Set(rows.map(({ key }) => key))
  return [...ledger.of('discard'), ...ledger.of('detachment')]
    .filter(({ of, outcome }) => outcome === 'acknowledged' && standing.has(of))
    .map(({ of }) => of)
}

/** An import brings all of its entries or none, and its own row says which. */
async function importedWrongly(client, ledger) {
  const { rows } = await client.query(
    `select split_part(file_name, '.', 1) as key, status,
            (select count(*)::int from raid_items r
              where r.project_id = i.project_id and r.title like split_part(file_name, '.', 1) || ' row %') as times
       from imports i where file_name like 'chaos-%'`
  )
  const acknowledged = new Set(
    ledger.of('import').flatMap(({ of, outcome }) => (outcome === 'acknowledged' ? [of] : []))
  )
  return rows
    .filter(({ key, status, times }) => {
      if (acknowledged.has(key) && status !== 'imported') return true
      return times !== (status === 'imported' ? IMPORTED : 0)
    })
    .map(({ key, status, times }) => `${key}: ${status}, ${times} entries`)
}

/** As the receiver saw it: an invitation that stands has one mail, one that does not has none. */
async function mailsOf(client, receiver) {
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

function textOf(html) {
  return String(html ?? '')
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 400)
}
