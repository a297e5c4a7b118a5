import Gate from '#models/gate'
import RaidItem from '#models/raid_item'
import { proposeTo } from '#tests/support/assistant_proposals'
import type { Exercise } from '#tests/support/exercises'
import { asking, ready, reused } from '#tests/support/exercises/assistant'
import { Reports } from '#tests/support/reports'
import type { Scene } from '#tests/support/scene'
import { register } from '#tests/support/world'

const SINCE = '2026-01-01'

/** Requests about the other kinds of thing that the assistant is asked for. */
export const assistantKindExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'assistant.report_drafts.store': async (scene) => (await drafting(scene)).exercise,
  'assistant.report_drafts.previews.store': reused(
    async (scene) => (await drafting(scene)).exercise
  ),
  'assistant.fields.store': async (scene) => {
    const { world, project, report, person } = await drafting(scene)
    const id = await proposeTo(
      { world, project, person },
      {
        feature: 'report_draft',
        kind: 'report_field',
        content: { field: 'summary', text: 'The crane is late (X-R1)' },
        about: { id: report.id, ref: report.ref, kind: 'status report' },
      }
    )
    const body = { summary: 'The crane is late', lock_version: report.lockVersion }
    return { as: person, params: { project_id: project.id, id }, body }
  },
  'assistant.gate_challenges.store': async (scene) => ({
    ...(await asking(scene)),
    params: await gateOf(scene),
  }),
  'assistant.gate_challenges.previews.store': async (scene) => ({
    ...(await looking(scene)),
    params: await gateOf(scene),
  }),
  'assistant.question_tasks.store': async (scene) => {
    const { id, person } = await questioned(scene)
    return { as: person, params: { id }, body: { title: 'Ask', assignee: person.membershipId } }
  },
  'assistant.question_comments.store': async (scene) => {
    const { id, person, ref } = await questioned(scene)
    return { as: person, params: { id }, body: { on: ref, body: 'Is the crane late?' } }
  },
  'assistant.assumption_checks.store': async (scene) => {
    await assume(scene)
    return asking(scene)
  },
  'assistant.assumption_checks.previews.store': reused(async (scene) => {
    await assume(scene)
    return looking(scene)
  }),
  'assistant.assumption_reviews.store': async (scene) => {
    const { id, person, item } = await doubted(scene)
    const body = { validation_method: 'Ask the harbour', lock_version: item.lockVersion }
    return { as: person, params: { id }, body }
  },
  'assistant.assumption_risks.store': async (scene) => {
    const { id, person } = await doubted(scene)
    return { as: person, params: { id }, body: { title: 'The crane is late' } }
  },
  'assistant.change_summaries.store': async (scene) => ({
    ...(await asking(scene)),
    body: { since: SINCE },
  }),
  'assistant.change_summaries.previews.store': async (scene) => ({
    ...(await looking(scene)),
    body: { since: SINCE },
  }),
}

/** A preview asks nothing, so the same person can see any number of them. */
async function looking(scene: Scene): Promise<Exercise> {
  await ready(scene)
  return { as: 'team' }
}

async function gateOf({ world, project }: Scene) {
  const { id } = await world.inside(() => Gate.of(project).firstOrFail())
  return { gate_id: id }
}

/** A report being written, in a new project, and someone who has not asked before. */
async function drafting({ world }: Scene) {
  const project = await world.project()
  await ready({ world, project })
  const report = await new Reports(world, project).begin()
  const person = await world.join(await register('office'), 'pmo')
  const params = { project_id: project.id, report_id: report.id }
  const exercise: Exercise = { as: person, params }
  return { world, project, report, person, exercise }
}

/** A question about a gate that relies on an entry. */
async function questioned({ world, project, raise }: Scene) {
  await ready({ world, project })
  const person = await world.person('manager')
  const { id, ref } = await raise()
  const gate = await world.inside(() => Gate.of(project).firstOrFail())
  const proposal = await proposeTo(
    { world, project, person },
    {
      feature: 'gate_challenge',
      kind: 'gate_question',
      content: { question: 'Is the crane late?', to: 'submitter', basis: ref },
      about: { id: gate.id, ref: gate.refersTo(project).ref, kind: 'gate' },
      records: [{ id, ref, kind: 'risk' }],
    }
  )
  return { id: proposal, person, ref }
}

async function doubted(scene: Scene) {
  const { world, project } = scene
  await ready(scene)
  const person = await world.person('manager')
  const item = await assume(scene)
  const id = await proposeTo(
    { world, project, person },
    {
      feature: 'assumption_check',
      kind: 'assumption',
      subject: item,
      content: { finding: 'untested', why: 'Nobody says how', basis: '' },
    }
  )
  return { id, person, item }
}

function assume({ world, project }: Scene) {
  return world.inside(async () => {
    const item = await RaidItem.raise(project, { type: 'assumption', title: 'The crane comes' })
    return RaidItem.findOrFail(item.id)
  })
}
