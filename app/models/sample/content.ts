import type { RaidType } from '#models/raid/enumerations'
import type RaidItem from '#models/raid_item'
import type { ReportValues } from '#models/report/values'

/** An entry of the sample's log. Days count from the day on which it is added. */
export type SampleEntry = {
  type: RaidType
  title: string
  due: number
  /** Likelihood and impact at first, now, and as intended. */
  scores?: [number, number, number, number, number, number]
  attributes?: Partial<RaidItem>
}

export type SampleTask = {
  title: string
  due: number
  status?: 'todo' | 'in_progress' | 'done'
  answers?: string
}

const PERMIT = 'The permit for the access road comes after the ground is frozen'

/** What the sample project is, before anyone works in it. */
export const sampleProject = {
  code: 'SAMPLE',
  name: 'Sample: visitor centre at the mill',
  description:
    'A made-up project for trying things out. The mill gets a **visitor centre** with a café, a shop and step-free access.\n\nYou can remove it at any time. Nothing else is affected.',
}

export const sampleEntries: SampleEntry[] = [
  {
    type: 'risk',
    title: PERMIT,
    due: 12,
    scores: [4, 5, 4, 4, 2, 3],
    attributes: {
      nature: 'threat',
      cause: 'The county checks road permits once a month.',
      event: 'The permit comes after the first frost.',
      effect: 'Earthworks wait until spring, and the opening with them.',
      category: 'legal',
      response: 'reduce',
      responsePlan: 'Hand the drawings in early, and have the contractor keep two dates free.',
      status: 'treating',
    },
  },
  {
    type: 'risk',
    title: 'The café finds no tenant before the opening',
    due: 40,
    scores: [3, 3, 3, 3, 2, 2],
    attributes: { nature: 'threat', category: 'business', status: 'open' },
  },
  {
    type: 'risk',
    title: 'The heritage fund pays for the old water wheel as well',
    due: 60,
    scores: [2, 4, 2, 4, 3, 4],
    attributes: { nature: 'opportunity', category: 'financial', status: 'open' },
  },
  {
    type: 'assumption',
    title: 'The cellar walls carry the new floor',
    due: 20,
    attributes: {
      impactIfFalse: 4,
      confidence: 'medium',
      validationMethod: 'Core samples by the surveyor.',
    },
  },
  {
    type: 'issue',
    title: 'The gas main lies where the lift shaft is drawn',
    due: 6,
    attributes: { issueKind: 'problem_concern', severity: 4, urgency: 3 },
  },
  {
    type: 'dependency',
    title: 'The county opens the new bus stop',
    due: 90,
    attributes: {
      direction: 'inbound',
      counterpartKind: 'organisation',
      counterpartName: 'County',
    },
  },
  {
    type: 'decision',
    title: 'Keep the mill’s front door as the main entrance',
    due: 15,
    attributes: { description: 'A ramp of stone, or a side entrance of glass.' },
  },
]

export const sampleTasks: SampleTask[] = [
  { title: 'Hand the road drawings in', due: 4, status: 'in_progress', answers: PERMIT },
  { title: 'Ask the contractor for two dates', due: 9, answers: PERMIT },
  { title: 'Order the core samples of the cellar', due: 11 },
  { title: 'Write the brief for the café', due: 21 },
]

/** How many of the first gate's judged criteria are met. */
export const CRITERIA_MET = 2

/** The planned and expected date of the first gate, and when the project begins and ends. */
export const sampleDates = { begins: -30, gate: 25, expected: 32, ends: 330 }

const PATH =
  'The drawings will be submitted this week. The lift is being redesigned beside the gas main.'

/** The report of the first month. */
export const sampleReport: ReportValues = {
  summary: 'The tenders are in and below the estimate. The road permit decides when work begins.',
  achieved: '- Tenders for the shell opened\n- Trustees agreed to the plan of the rooms',
  planned: '- Core samples of the cellar\n- Brief for the café\n- Pack for the first gate',
  budget: 'Spent £40k of £1.2m. On forecast.',
  overallRating: 'amber',
  overallReason: 'Road permit and gas main are open.',
  overallPathToGreen: PATH,
  scheduleRating: 'amber',
  scheduleReason: 'The permit may come after the first frost.',
  schedulePathToGreen: PATH,
  costRating: 'green',
  scopeRating: 'green',
  benefitsRating: 'not_rated',
  resourcesRating: 'green',
  ...Object.fromEntries(
    ['overall', 'schedule', 'cost', 'scope', 'resources'].map((name) => [
      `${name}DifferenceReason`,
      'The records are younger than the project.',
    ])
  ),
}
