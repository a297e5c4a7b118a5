import { DateTime } from 'luxon'
import Notification from '#models/notification'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { beginReport, saveDraft } from '#models/report/drafting'
import { partsOf } from '#models/report/parts'
import { publishReport, submitReport } from '#models/report/steps'
import { valuesOf, type ReportValues } from '#models/report/values'
import ReportSchedule from '#models/report_schedule'
import ReportSubscription from '#models/report_subscription'
import { day } from './items.js'
import { asOf } from './past.js'

type Rag = 'g' | 'a' | 'r' | 'n'

/** A published report of a demo project: when it ends, in days from now, and its ratings, the overall one first. */
type DemoReport = {
  end: number
  /** Overall, schedule, cost, scope, benefits, resources. */
  rag: [Rag, Rag, Rag, Rag, Rag, Rag]
  summary: string
  why: string
  path: string
  achieved: string
  planned: string
  budget?: string
}

const RATINGS = { g: 'green', a: 'amber', r: 'red', n: 'not_rated' } as const
const DIMENSIONS = ['overall', 'schedule', 'cost', 'scope', 'benefits', 'resources']
const BETTER = 'The figures of the record lag behind: agreed with the sponsor in the board.'

const demoReports: Record<string, DemoReport[]> = {
  ATLAS: [
    {
      end: -128,
      rag: ['g', 'g', 'g', 'g', 'n', 'a'],
      summary:
        'Stage 2 is on plan. The platform core passed its first load test, and 12 of 40 services have their forms.',
      why: 'One of three integration developers left.',
      path: 'The agency offers two candidates; interviews are in the first week of the month.',
      achieved: '- Load test of the platform core passed\n- 12 services have forms in test',
      planned: '- Contract with the identity supplier\n- Accessibility review of the forms',
      budget: 'Spent £1.9m of £6.2m. On forecast.',
    },
    {
      end: -98,
      rag: ['a', 'a', 'g', 'g', 'n', 'a'],
      summary:
        'The identity supplier has not signed, which moves the pilot by two weeks. Cost and scope hold.',
      why: 'The extension of the framework agreement is not signed.',
      path: 'Legal answers the open clause by the 12th; the sponsor calls the supplier on the 14th.',
      achieved: '- Accessibility review of 18 forms\n- Pilot council chosen',
      planned: '- Signature of the identity supplier\n- Pilot environment stands',
      budget: 'Spent £2.3m of £6.2m. On forecast.',
    },
    {
      end: -67,
      rag: ['r', 'r', 'a', 'g', 'n', 'a'],
      summary:
        'The contract slipped again, and with it the pilot: six weeks against the baseline. A second supplier is being prepared.',
      why: 'No contract with the identity supplier, and no second source is ready.',
      path: 'Two suppliers of the same lot are listed; the board decides on the 20th.',
      achieved: '- Two alternative suppliers listed\n- 24 services have forms in test',
      planned: '- Decision on the supplier\n- New plan for the pilot',
      budget: 'Spent £2.8m of £6.2m. Forecast £6.4m: two months of overlap with the old portals.',
    },
    {
      end: -37,
      rag: ['a', 'a', 'a', 'g', 'a', 'a'],
      summary:
        'The supplier signed after all. The baseline was moved by three weeks with the sponsor’s consent; the pilot starts next month.',
      why: 'The plan has no slack left before the year-end billing run.',
      path: 'The migration window moves to the weekend after year end; the change board decides this month.',
      achieved:
        '- Identity contract signed\n- Baseline moved and agreed\n- Pilot environment stands',
      planned: '- Pilot with one council\n- Benefits baseline from call centre data',
      budget: 'Spent £3.2m of £6.2m. Forecast £6.4m, agreed by the sponsor.',
    },
    {
      end: -8,
      rag: ['a', 'r', 'a', 'g', 'a', 'a'],
      summary:
        'The pilot runs with 1,100 residents and satisfaction is at 4.3 of 5. The migration is the worry: its window collides with the billing run and the integration team is short.',
      why: 'The migration window collides with the year-end billing run, and the integration developer is there two days a week.',
      path: 'Move the window to the weekend after year end (finance agrees by Friday) and bring in a second integration developer until March.',
      achieved:
        '- Pilot live with 1,100 residents, satisfaction 4.3 of 5\n- 31 of 40 services have forms in test\n- Security test without a finding above medium',
      planned:
        '- Finance confirms the new window\n- Second integration developer\n- Gate pack for release',
      budget: 'Spent £3.7m of £6.2m. Forecast £6.4m: £0.2m of overlap, agreed.',
    },
  ],
  BEACON: [
    {
      end: -36,
      rag: ['g', 'g', 'g', 'g', 'n', 'g'],
      summary:
        'The strategic assessment was approved. Options for the control room are being costed.',
      why: 'All on plan.',
      path: 'Nothing to mend.',
      achieved: '- Strategic assessment approved',
      planned: '- Costed options for the control room',
    },
    {
      end: -6,
      rag: ['a', 'g', 'a', 'g', 'n', 'a'],
      summary:
        'Three options are costed. The cheapest lies above the grant, so the grant is asked for anew.',
      why: 'The cheapest option is £140k above the grant.',
      path: 'The department answers the new application by the end of the month.',
      achieved: '- Three options costed',
      planned: '- Answer of the department\n- Business case to the board',
      budget: 'Spent £85k of £120k for this stage.',
    },
  ],
  DELTA: [
    {
      end: -69,
      rag: ['g', 'g', 'g', 'g', 'g', 'g'],
      summary: 'Eleven sites are chosen and the gauges are ordered.',
      why: 'All on plan.',
      path: 'Nothing to mend.',
      achieved: '- Eleven sites chosen',
      planned: '- First three gauges',
    },
    {
      end: -39,
      rag: ['a', 'a', 'g', 'g', 'g', 'a'],
      summary: 'The institute takes longer than its offer said, and the radio link fails in rain.',
      why: 'The certification slips by a month.',
      path: 'The sponsor calls the institute.',
      achieved: '- Three gauges stand',
      planned: '- Certificate of the first gauge',
    },
    {
      end: -9,
      rag: ['r', 'r', 'a', 'g', 'g', 'a'],
      summary: 'Gauge four was washed away, and none is certified. The season is in doubt.',
      why: 'No gauge is certified before the floods.',
      path: 'Certify the three lower gauges first, in two shifts.',
      achieved: '- Seven gauges stand',
      planned: '- Certificate of the three lower gauges',
      budget: 'Spent £410k of £520k. Forecast £548k.',
    },
  ],
  ELM: [
    {
      end: -53,
      rag: ['a', 'a', 'g', 'g', 'g', 'g'],
      summary: 'Asbestos was found above the reading room and is being taken out.',
      why: 'Two weeks are lost to the asbestos.',
      path: 'The painters start from the other side.',
      achieved: '- Walls down',
      planned: '- Asbestos out',
    },
  ],
  CEDAR: [
    {
      end: -44,
      rag: ['g', 'g', 'g', 'g', 'g', 'g'],
      summary: 'The hand-over is being prepared. Two of three depots work with the new rounds.',
      why: 'All on plan.',
      path: 'Nothing to mend.',
      achieved: '- Second depot moved over',
      planned: '- Third depot\n- Lessons learned',
    },
  ],
}

/** Does one person's work in a transaction of their own. */
type As = <T>(work: () => Promise<T>) => Promise<T>

export type DemoOffice = {
  manager: As
  office: As
  /** Decides the gates whose day comes between the two, so that a report shows them as decided. */
  decideGates: (stretch: { after: number; until: number }) => Promise<void>
}

/** The reports of a project except the last, and the changes in its log before the last one. */
export async function addEarlierReports(project: Project, people: DemoOffice) {
  const reports = reportsOf(project)
  for (const [index] of reports.slice(0, -1).entries()) await addReport(project, index, people)
}

/** The day on which the last report ends, in days from now. */
export function lastReported({ code }: { code: string }) {
  return demoReports[code]?.at(-1)?.end ?? -Infinity
}

/** The last published report, and when the next one is due. */
export async function addLatestReport(project: Project, people: DemoOffice) {
  const reports = reportsOf(project)
  if (reports.length === 0) return
  await addReport(project, reports.length - 1, people)
  await people.manager(async () => {
    await ReportSchedule.set(project, { cadence: 'monthly', firstDueOn: day(3) }, 0)
    if (project.sponsorId) await ReportSubscription.add(project, project.sponsorId)
    // What waited then no longer waits.
    const waited = Notification.query().where('kind', 'report_submitted')
    await waited.update({ read_at: DateTime.utc().toSQL() })
  })
}

function reportsOf({ code }: Project) {
  return demoReports[code] ?? []
}

async function addReport(project: Project, index: number, people: DemoOffice) {
  const { manager, office, decideGates } = people
  const demo = reportsOf(project)[index]
  await decideGates({ after: reportsOf(project)[index - 1]?.end ?? -Infinity, until: demo.end })
  const before = reportsOf(project)[index - 1]?.end ?? demo.end - 31
  const report = await manager(async () => {
    const period = { periodStartOn: day(before + 1), periodEndOn: day(demo.end) }
    const begun = await beginReport(project, period)
    const values = valuesOf(begun, await partsOf(begun))
    await saveDraft(begun, { ...values, ...valuesFrom(demo) }, begun.lockVersion)
    await submitReport(project, begun, begun.lockVersion)
    return begun
  })
  const at = DateTime.fromISO(day(demo.end)).plus({ days: 1, hours: 10 })
  // Its ratings are declared on that day too, so that they have a history.
  await asOf(demo.end + 1, () =>
    office(() => publishReport(project, report, report.lockVersion, at))
  )
}

function valuesFrom({ rag, why, path, ...demo }: DemoReport): ReportValues {
  const { summary, achieved, planned, budget = null } = demo
  const ratings = DIMENSIONS.flatMap((dimension, index): [string, string | null][] => {
    const isMended = ['a', 'r'].includes(rag[index])
    return [
      [`${dimension}Rating`, RATINGS[rag[index]]],
      [`${dimension}Reason`, isMended ? (index === 0 ? why : 'As overall.') : null],
      [`${dimension}PathToGreen`, isMended ? (index === 0 ? path : 'As overall.') : null],
      [`${dimension}DifferenceReason`, rag[index] === 'n' ? null : BETTER],
    ]
  })
  return { summary, achieved, planned, budget, ...Object.fromEntries(ratings) }
}

/** What has changed since in ATLAS, and the report that its manager is writing there. */
export async function beginNextReport(project: Project) {
  if (project.code !== 'ATLAS') return
  const risk = await RaidItem.query()
    .where('project_id', project.id)
    .whereILike('title', 'The migration window collides%')
    .firstOrFail()
  await risk.refersTo(project).merge({ currentLikelihood: 2 }).save()
  const periodStartOn = day(reportsOf(project).at(-1)!.end + 1)
  const report = await beginReport(project, { periodStartOn, periodEndOn: day(0) })
  const values = valuesOf(report, await partsOf(report))
  const summary = 'The pilot grows to 2,400 residents. Finance agreed to the new migration window.'
  await saveDraft(report, { ...values, summary }, report.lockVersion)
}
