import { today, addDays } from '#models/days'
import { prepare } from '#models/deciding/preparation'
import Gate from '#models/gate'
import { assess } from '#models/gate/assessing'
import GateCriterion from '#models/gate_criterion'
import LifecycleTemplate from '#models/lifecycle_template'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import { beginReport, saveDraft } from '#models/report/drafting'
import { partsOf } from '#models/report/parts'
import { publishReport, submitReport } from '#models/report/steps'
import { valuesOf } from '#models/report/values'
import * as content from '#models/sample/content'
import { takeTurnsInOrganisation } from '#models/saving/turns'
import Task from '#models/task'
import { refuse } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/**
 * Adds the sample project, managed by the person who asks for it, through the same steps that people take: what it
 * shows is recorded like anything else. An organisation has one at most.
 */
export async function addSample(): Promise<Project> {
  await takeTurnsInOrganisation()
  if (await sampleOf()) refuse('sample', 'The sample project has already been added')
  const project = await beginProject()
  await raiseEntries(project)
  await addTasks(project)
  await prepareFirstGate(project)
  await report(project)
  return project
}

/** The sample project of the organisation; null for none. */
export function sampleOf() {
  return Project.query().where('is_sample', true).first()
}

async function beginProject() {
  const me = Tenancy.current().membershipId!
  const { begins, ends } = content.sampleDates
  const lifecycle =
    (await LifecycleTemplate.offered().where('name', 'Light').first()) ??
    (await LifecycleTemplate.offered().first())
  return Project.begin(
    {
      ...content.sampleProject,
      code: await freeCode(),
      isSample: true,
      managerId: me,
      status: 'active',
      visibility: 'organisation',
      baselineStartOn: on(begins),
      baselineEndOn: on(ends),
      forecastStartOn: on(begins),
      forecastEndOn: on(ends + 7),
    },
    lifecycle ?? undefined
  )
}

/** SAMPLE, unless someone's own project has that code. */
async function freeCode() {
  const { code } = content.sampleProject
  const taken = await Project.query().select('code').where('code', 'like', `${code}%`)
  const codes = new Set(taken.map((project) => project.code))
  for (let number = 2; codes.has(code); number++) {
    if (!codes.has(`${code}${number}`)) return `${code}${number}`
  }
  return code
}

async function raiseEntries(project: Project) {
  for (const { title, type, due, scores, attributes } of content.sampleEntries) {
    await RaidItem.raise(project, {
      type,
      title,
      dueOn: on(due),
      raisedOn: on(-20),
      ...(scores ? scored(scores) : {}),
      ...attributes,
    })
  }
}

function scored([first, firstImpact, now, nowImpact, then, thenImpact]: number[]) {
  return {
    inherentLikelihood: first,
    inherentImpact: firstImpact,
    currentLikelihood: now,
    currentImpact: nowImpact,
    targetLikelihood: then,
    targetImpact: thenImpact,
  }
}

async function addTasks(project: Project) {
  const entries = await RaidItem.query().where('project_id', project.id)
  const assigneeId = Tenancy.current().membershipId
  for (const { title, due, status = 'todo', answers } of content.sampleTasks) {
    const raidItemId = entries.find((entry) => entry.title === answers)?.id ?? null
    await Task.add(project, { title, dueOn: on(due), status, raidItemId, assigneeId })
  }
}

/** The first gate is in preparation, with something left to do. */
async function prepareFirstGate(project: Project) {
  const [first] = await Gate.of(project)
  if (!first) return
  const { gate, expected } = content.sampleDates
  first.refersTo(project)
  await first.schedule({ baselineOn: on(gate), forecastOn: on(expected) }, 1)
  await prepare(first)
  const judged = (await GateCriterion.of(first)).filter(({ rule }) => !rule)
  for (const criterion of judged.slice(0, content.CRITERIA_MET)) {
    await assess(criterion.refersTo(first), { assessment: 'met', note: 'Agreed by the trustees.' })
  }
}

async function report(project: Project) {
  const period = { periodStartOn: on(-30), periodEndOn: on(0) }
  const draft = await beginReport(project, period)
  const values = valuesOf(draft, await partsOf(draft))
  await saveDraft(draft, { ...values, ...content.sampleReport }, draft.lockVersion)
  await submitReport(project, draft, draft.lockVersion)
  await publishReport(project, draft, draft.lockVersion)
}

function on(days: number) {
  return addDays(today(), days)
}
