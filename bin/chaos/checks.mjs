import { ace } from '../support/ace.mjs'
import { connected } from '../postgres/connection.mjs'

/** Everything that has to be so after it all, with how much is not. */
export async function findings(cluster, ledger) {
  const checks = []
  const check = (name, wrong, samples = []) =>
    checks.push({ name, wrong: Number(wrong), samples: samples.slice(0, 5) })

  await connected(cluster.database.admin, async (client) => {
    for (const kind of ['item', 'comment', 'task', 'invitation']) {
      const { lost, twice } = await compared(client, ledger, kind)
      check(`${kind}s acknowledged and not there`, lost.length, lost)
      check(`${kind}s there more than once`, twice.length, twice)
    }
    const stale = await staleRevisions(client, ledger)
    check('revisions acknowledged and not there', stale.length, stale)
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
  return { checks, mails: cluster.mails.mails.length, sendings: cluster.mails.calls }
}

const ROWS = {
  item: `select description as key, count(*)::int as times from raid_items where description like 'chaos-%' group by 1`,
  comment: `select body as key, count(*)::int as times from comments where body like 'chaos-%' group by 1`,
  task: `select title as key, count(*)::int as times from tasks where title like 'chaos-%' group by 1`,
  invitation: `select split_part(email::text, '@', 1) as key, count(*)::int as times from invitations
    where email like 'chaos-%' group by 1`,
}

async function compared(client, ledger, kind) {
  const { rows } = await client.query(ROWS[kind])
  const times = new Map(rows.map((row) => [row.key, row.times]))
  const acknowledged = ledger.of(kind).filter(({ outcome }) => outcome === 'acknowledged')
  return {
    lost: acknowledged.filter(({ key }) => !times.has(key)).map(({ key }) => key),
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

const LEFT_BEHIND = {
  'jobs still locked':
    'select id, locked_by from graphile_worker._private_jobs where locked_at is not null',
  'jobs due or given up':
    'select id, attempts, last_error from graphile_worker._private_jobs where run_at <= now() or attempts >= max_attempts',
  'mails not sent': `select id, status, failure, attempts from email_outbox where status not in ('sent', 'suppressed')`,
  'board packs half made': `select id, status from board_packs where status in ('queued', 'running')`,
  'exports and imports half done': `
    select id::text, status from privacy_exports where status in ('queued', 'running')
    union all select id::text, status from project_imports where status in ('queued', 'running')`,
  'records without their event': `
    select r.id from raid_items r where r.description like 'chaos-%' and 1 <>
      (select count(*) from audit.events e where e.organisation_id = r.organisation_id
        and e.entity_id = r.id and e.action = 'raid_item.created')
    union all select t.id from tasks t where t.title like 'chaos-%' and 1 <>
      (select count(*) from audit.events e where e.organisation_id = t.organisation_id
        and e.entity_id = t.id and e.action = 'task.created')`,
  'events without their record': `
    select e.entity_id from audit.events e where e.action = 'raid_item.created' and not exists
      (select from raid_items r where r.organisation_id = e.organisation_id and r.id = e.entity_id)`,
  'events not sealed': 'select organisation_id from audit.unsealed()',
  'transactions and locks left open': `
    select pid, state from pg_stat_activity where state like 'idle in transaction%'
    union all select pid, locktype from pg_locks where locktype = 'advisory'`,
}

function textOf(html) {
  return String(html ?? '')
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 400)
}
