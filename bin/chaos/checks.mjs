import { ace } from '../support/ace.mjs'
import { connected } from '../postgres/connection.mjs'
import {
  cameBack,
  compared,
  importedWrongly,
  KINDS,
  mailsOf,
  preparationsMissing,
  staleRevisions,
} from './acknowledged.mjs'
import { LEFT_BEHIND } from './left_behind.mjs'
import { packsThatFail } from './packs.mjs'
import { settle } from './settling.mjs'
import { storedWrongly } from './store.mjs'

/** Everything that must be true at the end, with the number of exceptions. */
export async function findings(cluster, ledger, { places }) {
  const { checks, packs } = await connected(cluster.database.admin, async (client) => {
    const { failed, fetched } = await packsThatFail(client, {
      cluster,
      browser: places[0].mine.pmo,
    })
    // The trail records each pack that was downloaded, and that must be sealed as well.
    await settle(cluster)
    return {
      checks: [
        ...(await ofAcknowledged(client, ledger)),
        ...(await ofStore(client, cluster)),
        ...(await ofMails(client, cluster)),
        ...(await ofLeftBehind(client)),
        check('packs of decided gates that do not verify', failed),
      ],
      packs: fetched,
    }
  })
  checks.push(await ofTrails(cluster), ofProcesses(cluster), ofAnswers(cluster, ledger))
  return { checks, packs, mails: cluster.mails.mails.length, sendings: cluster.mails.calls }
}

function check(name, found, wrong = found.length) {
  return { name, wrong, samples: found.slice(0, 5) }
}

async function ofAcknowledged(client, ledger) {
  const checks = []
  for (const kind of KINDS) {
    const { lost, twice } = await compared(client, ledger, kind)
    checks.push(
      check(`${kind}s acknowledged and not there`, lost),
      check(`${kind}s there more than once`, twice)
    )
  }
  const partly = await importedWrongly(client, ledger)
  return [
    ...checks,
    check('revisions acknowledged and not there', await staleRevisions(client, ledger)),
    check('preparations acknowledged and not there', await preparationsMissing(client, ledger)),
    check('files discarded and still there', await cameBack(client, ledger)),
    check('imports applied in part, twice, or not as acknowledged', partly),
  ]
}

async function ofStore(client, { env }) {
  const { broken, strays } = await storedWrongly(client, env.FILES_PATH)
  return [
    check('files missing or altered in the store', broken),
    check('files in the store that nobody knows', strays),
  ]
}

async function ofMails(client, { mails }) {
  const { missing, twice } = await mailsOf(client, mails)
  return [
    check('invitations without their one mail', missing),
    check('mails delivered more than once', twice),
  ]
}

async function ofLeftBehind(client) {
  const checks = []
  for (const [name, query] of Object.entries(LEFT_BEHIND)) {
    const { rows } = await client.query(query)
    checks.push(check(name, rows.map(told)))
  }
  return checks
}

async function ofTrails({ env, supervisor }) {
  const { code, output } = await ace(supervisor, ['audit:verify'], env)
  return check('audit trails that do not verify', [output.slice(-1500)], code === 0 ? 0 : 1)
}

function ofProcesses({ processes }) {
  const deaths = processes.flatMap(({ kind, deaths: all }) => all.map((one) => ({ kind, ...one })))
  return check('processes that ended by themselves', deaths.map(told))
}

function told(row) {
  return JSON.stringify(row)
}

function ofAnswers({ webs }, ledger) {
  const strange = ledger.strange.map(({ write, status, location, body }) => {
    const [requestId] = /[0-9a-f]{8}-[0-9a-f-]{27}(?=<\/code>)/.exec(body) ?? []
    const log = requestId && webs.map((web) => web.logOf(requestId)).find(Boolean)
    return `${write.kind} ${status} ${location ?? ''} ${log?.slice(0, 1500) ?? textOf(body)}`
  })
  return check('answers other than done or 503', strange)
}

function textOf(html) {
  return String(html ?? '')
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 400)
}
