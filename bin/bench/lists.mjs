import { memory } from './processes.mjs'
import { startSite } from './site.mjs'
import { SIZES } from './sizes.mjs'
import { signIn } from './visitor.mjs'

const FORMATS = ['csv', 'xlsx', 'json']
const TYPES = ['risk', 'assumption', 'issue', 'dependency', 'decision']
/** How much more memory may be used after all rows than after the first fifth, when garbage collection is steady. */
const MOST_GROWTH_MB = 100

/**
 * What it costs to export every RAID entry of the larger organisation, 200,000 in all, in each format: seconds, bytes,
 * and the memory of the web process. Each format has its own process.
 */
export async function measureLists({ supervisor, server, env, appKey }) {
  const size = SIZES.L
  const { urls } = await server.open(size)
  const account = { url: urls.DATABASE_URL, appKey, person: size.people, count: 1 }
  const [session] = await signIn(account)
  for (const format of FORMATS) {
    const site = await startSite(supervisor, env, urls)
    await take(site, session, `risk`, 'json', 1)
    const before = memory(site.pid)
    let peak = before
    const watch = setInterval(() => (peak = Math.max(peak, memory(site.pid))), 100)
    const started = performance.now()
    let bytes = 0
    let early = 0
    for (const type of TYPES) {
      bytes += await take(site, session, type, format)
      early ||= peak
    }
    clearInterval(watch)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const verdict = peak - early < MOST_GROWTH_MB ? 'met   ' : 'MISSED'
    const megabytes = (bytes / 1024 / 1024).toFixed(0)
    console.log(
      `${verdict} 200,000 RAID entries as ${format}: ${seconds} s, ${megabytes} MB, ${before.toFixed(0)} MB of memory before, at most ${early.toFixed(0)} MB after the first type, ${peak.toFixed(0)} MB in all`
    )
    process.kill(site.pid)
  }
}

/** Reads a list to its end, or as far as requested, and returns its bytes. */
async function take({ port }, { cookie }, type, format, most = Number.POSITIVE_INFINITY) {
  const response = await fetch(`http://127.0.0.1:${port}/raid.${format}?type=${type}`, {
    headers: { 'cookie': cookie, 'accept-encoding': 'identity' },
  })
  if (response.status !== 200) throw new Error(`The list of ${type} answered ${response.status}`)
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.length
    if (bytes >= most) break
  }
  return bytes
}
