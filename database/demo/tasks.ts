import ExternalResource from '#models/external_resource'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { day } from './items.js'

/** A task of a demo project: people by the key of `demoPeople`, the entry it responds to by its title. */
type DemoTask = Partial<
  Pick<Task, 'description' | 'status' | 'priority' | 'startOn' | 'dueOn' | 'blockedReason'>
> & { title: string; assignee?: string; answers?: string }

/** Outside the organisation, and without an account. */
const AUDITORS = 'Quarry Lane Accessibility'

/** Tasks by the code of their project. One without an assignee belongs to the auditors. */
const demoTasks: Record<string, DemoTask[]> = {
  ATLAS: [
    {
      title: 'Ask the framework owner for the extension in writing',
      status: 'in_progress',
      priority: 'critical',
      assignee: 'manager',
      dueOn: day(-3),
      answers: 'The identity supplier leaves the framework before the contract is signed',
    },
    {
      title: 'List two alternative suppliers from the same lot',
      status: 'done',
      priority: 'high',
      assignee: 'team',
      dueOn: day(-12),
      answers: 'The identity supplier leaves the framework before the contract is signed',
    },
    {
      title: 'Have legal check whether the call-off outlives the framework',
      status: 'blocked',
      blockedReason: 'Legal waits for the supplier’s draft.',
      priority: 'high',
      assignee: 'both',
      dueOn: day(6),
      answers: 'The identity supplier leaves the framework before the contract is signed',
    },
    {
      title: 'Audit the three busiest forms against WCAG 2.2',
      description:
        'The forms for **permits**, **payments** and **moving house**, with a screen reader too.',
      priority: 'high',
      dueOn: day(20),
      startOn: day(8),
      answers: 'The accessibility audit finds blockers after the content freeze',
    },
    {
      title: 'Book the weekend after year end with the data centre',
      assignee: 'team',
      dueOn: day(9),
      answers: 'The migration window collides with the year-end billing run',
    },
    {
      title: 'Rehearse the first migration wave with copied data',
      status: 'in_progress',
      priority: 'high',
      assignee: 'team',
      startOn: day(-5),
      dueOn: day(12),
    },
    {
      title: 'Renew the certificates of the test environment by a job',
      status: 'in_progress',
      assignee: 'both',
      dueOn: day(2),
      answers: 'The test environment loses its certificates every Sunday',
    },
    {
      title: 'Agree wording of the letter that announces the change',
      assignee: 'sponsor',
      dueOn: day(15),
    },
    { title: 'Train the service desk on the new case view', assignee: 'team', dueOn: day(45) },
    {
      title: 'Draw up the list of forms that nobody uses any more',
      status: 'done',
      assignee: 'team',
      dueOn: day(-30),
    },
    {
      title: 'Build a second test environment',
      status: 'cancelled',
      priority: 'low',
      assignee: 'both',
      dueOn: day(30),
    },
  ],
  BEACON: [
    {
      title: 'Apply for the street works permits of all sites at once',
      status: 'in_progress',
      priority: 'high',
      assignee: 'second_manager',
      dueOn: day(4),
      answers: 'Street works permits take longer than the plan allows',
    },
    {
      title: 'Measure the racks at the four full sites',
      assignee: 'second_manager',
      dueOn: day(18),
    },
  ],
}

/** Adds the demo tasks of a project, as the person at work. */
export async function addDemoTasks(project: Project, idOf: (key: string) => string) {
  for (const { assignee, answers, ...task } of demoTasks[project.code] ?? []) {
    const entry = answers ? await RaidItem.findByOrFail('title', answers) : null
    await Task.add(project, {
      ...task,
      raidItemId: entry?.id ?? null,
      ...(assignee ? { assigneeId: idOf(assignee) } : { externalResourceId: await auditorsId() }),
    })
  }
}

/** The PMO adds the person outside before a project can assign them work. */
export function addDemoExternals() {
  return ExternalResource.add({ name: AUDITORS, email: null }, { name: AUDITORS })
}

async function auditorsId() {
  return (await ExternalResource.findByOrFail('name', AUDITORS)).id
}
