import { readdir, readFile } from 'node:fs/promises'
import type { Health } from '#models/office/health'
import { sizeInWords } from '#models/text/sizes'
import { iso, lately } from '#registries/formats'
import { shownSettings } from '#registries/shown_settings'

/** How many minutes a part may be silent before someone should look. */
const QUIET = { worker: 3, files: 10 }

const SOURCE = /^(\d+_.+?)\.(ts|js)$/

/** The state of `pages/backoffice/health`, except the settings. */
export async function healthState(found: Health, migrations: string) {
  return {
    parts: await partsOf(found, migrations),
    thirdParties: thirdPartiesOf(found),
    versions: [
      { label: 'Orchestrate', value: await ownVersion() },
      { label: 'Release', value: process.env.RELEASE, none: 'Not named' },
      { label: 'Node.js', value: process.version },
      { label: 'PostgreSQL', value: found.database },
      { label: 'This process', value: `up since ${lately(startedAt())}` },
    ],
  }
}

/** Each part of the installation, and whether someone should look at it. */
export async function partsOf(found: Health, migrations: string) {
  const pending = await pendingIn(migrations, found.migrations)
  const worker = minutesSince(found.workerSeenAt)
  const files = minutesSince(found.fileWaitsSince)
  return [
    part('Database', `${sizeInWords(found.size)}, answers`, true),
    part(
      'Migrations',
      pending.length > 0
        ? `${pending.length} to run: ${pending.join(', ')}`
        : `${found.migrations.length} ran, none waits`,
      pending.length === 0
    ),
    part(
      'Worker',
      found.workerSeenAt ? `Seen ${lately(found.workerSeenAt)}` : 'Never seen',
      worker !== null && worker <= QUIET.worker
    ),
    part(
      'Files',
      found.filesWaiting === 0
        ? 'All are in the file store'
        : `${found.filesWaiting} wait for the store`,
      files === null || files <= QUIET.files
    ),
    part('Emails', waitingMails(found.mailsWaiting), found.mailsWaiting <= 1000),
  ]
}

function waitingMails(count: number) {
  if (count === 0) return 'None waits'
  if (count === 1) return 'One waits'
  return `${count > 1000 ? 'Over 1,000' : count} wait`
}

function part(label: string, text: string, isWell: boolean) {
  const badge = isWell
    ? { label: 'Working', icon: 'done', tone: 'good' }
    : { label: 'Needs attention', icon: 'warn', tone: 'warn' }
  return { label, text, isWell, badge }
}

/** Judged by what each left behind here: asking them would make this page wait for them. */
function thirdPartiesOf(found: Health) {
  return [
    seen('Identity provider', found.signedInAt, 'Last sign-in'),
    seen('Resend', found.mailSentAt, 'Last email accepted'),
    ...(found.mailFailedAt
      ? [seen('Resend, refusals', found.mailFailedAt, 'Last email refused')]
      : []),
    seen(
      'Anthropic',
      found.askedAt,
      found.askedStatus === 'failed' ? 'Last question failed' : 'Last question'
    ),
    { label: 'Sentry', value: null, none: 'Not known: nothing is recorded here' },
  ]
}

function seen(label: string, at: string | null, what: string) {
  return { label, value: at && `${what} ${lately(at)}`, at: at && iso(at), none: 'Not seen yet' }
}

/** Which settings exist; for secrets, only whether they are set. */
export function settingsState(settings: Record<string, string | undefined>) {
  return shownSettings.map(({ label, settings: shown }) => ({
    label,
    pairs: Object.entries(shown).map(([name, how]) => ({
      label: name,
      value: settings[name] ? (how === 'value' ? settings[name] : 'Set') : null,
      none: 'Not set',
    })),
  }))
}

/** Migrations in the folder that have not run, by their names there. */
async function pendingIn(folder: string, ran: string[]) {
  const done = new Set(ran.map((name) => name.split('/').at(-1)))
  const files = await readdir(folder).catch(() => [])
  return files.flatMap((file) => {
    const [, name] = file.endsWith('.d.ts') ? [] : (file.match(SOURCE) ?? [])
    return name && !done.has(name) ? [name] : []
  })
}

async function ownVersion(): Promise<string> {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8')
  return JSON.parse(text).version
}

function startedAt() {
  return new Date(Date.now() - process.uptime() * 1000)
}

function minutesSince(moment: string | null) {
  return moment === null ? null : (Date.now() - Date.parse(moment)) / 60_000
}
