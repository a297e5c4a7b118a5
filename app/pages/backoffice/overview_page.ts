import { health } from '#models/office/health'
import { jobCounts } from '#models/office/jobs'
import { partsOf } from '#pages/backoffice/health_page'

/** The state of `pages/backoffice/overview`: what waits for somebody comes first. */
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
    ],
  }
}
