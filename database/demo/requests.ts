import ProjectRequest, { type RequestFields } from '#models/project_request'
import { day } from './items.js'

type DemoRequest = Omit<RequestFields, 'sponsorId'> & {
  /** Who asks, and who is to sponsor it, by the keys of `demoPeople`. */
  by: string
  sponsor: string | null
  /** Why the PMO declined it; null while it waits. */
  declined: string | null
}

/** What members request before there is a project. */
const demoRequests: DemoRequest[] = [
  {
    by: 'viewer',
    sponsor: null,
    title: 'Tablets for the housing inspectors',
    purpose: 'Inspectors record what they find on site, instead of typing it up the next day.',
    benefits: null,
    budget: '£40,000',
    wantedBy: null,
    declined:
      'The device refresh of next year covers it: ask there for the inspectors to come first.',
  },
  {
    by: 'team',
    sponsor: 'sponsor',
    title: 'One booking calendar for halls and sports grounds',
    purpose: 'Residents see what is free and book it themselves, at any hour.',
    benefits: '- Two thirds fewer calls about bookings\n- Halls that stand empty are let',
    budget: '£120,000 to £180,000',
    wantedBy: day(240),
    declined: null,
  },
]

type As = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** Each is requested by a member; the PMO answers some. */
export async function addDemoRequests(idOf: (key: string) => string, as: As) {
  for (const { by, sponsor, declined, ...fields } of demoRequests) {
    const { id, lockVersion } = await as(by, () =>
      ProjectRequest.ask({ ...fields, sponsorId: sponsor && idOf(sponsor) })
    )
    if (!declined) continue
    await as('pmo', async () =>
      (await ProjectRequest.findOrFail(id)).decline(declined, lockVersion)
    )
  }
}
