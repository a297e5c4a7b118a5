import { ahead, type Ahead } from '#models/office/ahead'
import { health } from '#models/office/health'
import { jobCounts } from '#models/office/jobs'
import { partsOf } from '#pages/backoffice/health_page'
import { day, lately } from '#registries/formats'

/** How many of a kind are named; the rest are counted. */
const NAMED = 3

/** The state of `pages/backoffice/overview`: what waits for someone comes first. */
export async function overviewState(migrations: string) {
  const counts = await jobCounts()
  const failed = counts.find(({ state }) => state === 'failed')?.count ?? 0
  const parts = await partsOf(await health(), migrations)
  return {
    attention: [
      ...(failed > 0 ? [{ label: 'Jobs', text: `${failed} given up`, href: '/admin/jobs' }] : []),
      ...parts
        .filter(({ isWell }) => !isWell)
        .map(({ label, text }) => ({ label, text, href: '/admin/health' })),
      ...aheadState(await ahead(NAMED)),
    ],
  }
}

/** What is ahead, one line for each organisation as long as they are few. */
export function aheadState(rows: Ahead[]) {
  const of = (kind: Ahead['kind']) => rows.filter((row) => row.kind === kind)
  return [...looksState(of('look')), ...erasuresState(of('erasure'))]
}

function looksState(looks: Ahead[]) {
  const [last] = looks
  if (last?.total > NAMED) {
    const text = `${last.total} looks by staff are open, the last until ${lately(last.at)}`
    return [{ label: 'Looked into', text, href: '/admin/organisations?show=looked' }]
  }
  return looks.map((look) => ({
    label: look.name,
    text: `${look.person} looks into it until ${lately(look.at)}`,
    href: `/admin/organisations/${look.organisation_id}`,
  }))
}

function erasuresState(erasures: Ahead[]) {
  const [next] = erasures
  if (next?.total > NAMED) {
    const text = `${next.total} organisations, the next on ${day(next.at)}`
    return [{ label: 'To be erased', text, href: '/admin/organisations?show=erasing' }]
  }
  return erasures.map((erasure) => ({
    label: erasure.name,
    text: `To be erased on ${day(erasure.at)}; you can call it off until then`,
    href: `/admin/organisations/${erasure.organisation_id}`,
  }))
}
