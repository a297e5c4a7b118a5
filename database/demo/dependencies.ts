import Project from '#models/project'
import RaidItem from '#models/raid_item'
import type { Word } from '#models/raid/agreement'
import { day } from './items.js'

type DemoDependency = {
  from: string
  to: string
  title: string
  description?: string
  direction: 'inbound' | 'outbound'
  dueOn: string
  promisedOn?: string
  /** The other project's answer; null while it has yet to give one. */
  answer: Word | null
  /** What it became later. */
  status?: string
}

/** What the demo projects need from each other. */
const demoDependencies: DemoDependency[] = [
  {
    from: 'ATLAS',
    to: 'BEACON',
    direction: 'inbound',
    dueOn: day(8),
    promisedOn: day(22),
    title: 'Network segment for the new data centre',
    description: 'Wave two moves onto it: **no segment, no move**.',
    answer: {
      answer: 'date_proposed',
      proposedOn: day(22),
      reason: 'The permit for the last 400 metres comes on the 15th at the earliest.',
    },
  },
  {
    from: 'DELTA',
    to: 'ATLAS',
    direction: 'inbound',
    dueOn: day(40),
    promisedOn: day(38),
    title: 'A region of the new data centre that takes gauge readings every minute',
    answer: { answer: 'agreed' },
    status: 'at_risk',
  },
  {
    from: 'ELM',
    to: 'CEDAR',
    direction: 'inbound',
    dueOn: day(33),
    promisedOn: day(30),
    title: 'Local history boxes catalogued for the makerspace',
    answer: { answer: 'agreed' },
  },
  {
    from: 'DELTA',
    to: 'FERRY',
    direction: 'outbound',
    dueOn: day(90),
    title: 'River level feed for the ferry timetable',
    answer: null,
  },
]

type As = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** Each is raised by the manager of the project that needs or gives it, and answered by the other's. */
export async function addDemoDependencies(managerOf: (code: string) => string, as: As) {
  for (const { from, to, answer, status, ...attributes } of demoDependencies) {
    const id = await as(managerOf(from), () => propose(from, to, attributes))
    if (answer)
      await as(managerOf(to), () => speak(id, (item) => item.answer(answer, item.lockVersion)))
    if (status)
      await as(managerOf(to), () => speak(id, (item) => item.revise({ status }, item.lockVersion)))
  }
}

async function propose(from: string, to: string, attributes: Partial<RaidItem>) {
  const project = await Project.findByOrFail('code', from)
  const { id } = await Project.findByOrFail('code', to)
  const item = await RaidItem.raise(project, {
    type: 'dependency',
    counterpartKind: 'project',
    counterpartProjectId: id,
    ownerId: project.managerId,
    raisedOn: day(-12),
    ...attributes,
  })
  return item.id
}

async function speak(id: string, work: (item: RaidItem) => Promise<unknown>) {
  const item = await RaidItem.findOrFail(id)
  await work(item.seenFromOtherSide())
}
