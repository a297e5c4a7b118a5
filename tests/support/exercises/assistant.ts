import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { claudeSettings } from '#config/assistant'
import { mintInvocation } from '#assistant/invocations'
import AiInteraction from '#models/ai_interaction'
import AiProposal from '#models/ai_proposal'
import Project from '#models/project'
import ProjectMember from '#models/project_member'
import { switchOn } from '#tests/support/assistant'
import type { Exercise } from '#tests/support/exercises'
import type { Scene } from '#tests/support/scene'
import { named } from '#tests/support/sending'
import { aboutEntries, aboutEntry, propose } from '#tests/support/populated/assistant'
import { PROMPT } from '#tests/support/prompt'

/** Requests about the assistant. */
export const assistantExercises: Record<string, (scene: Scene) => Promise<Exercise>> = {
  'assistant.questions.store': (scene) => asking(scene),
  // A preview asks nothing, so the same person can see any number of them.
  'assistant.previews.store': async (scene) => {
    await ready(scene)
    return { as: 'team', body: { question: QUESTION } }
  },
  'assistant.notes.store': (scene) => asking(scene),
  'assistant.notes.previews.store': async (scene) => {
    await ready(scene)
    return { as: 'team', body: { question: QUESTION } }
  },
  'assistant.entry_actions.store': async (scene) => {
    const { id } = await scene.raise()
    return { ...(await asking(scene)), params: { id } }
  },
  'assistant.entry_actions.previews.store': reused(async (scene) => {
    await ready(scene)
    return { as: 'team', params: { id: (await scene.raise()).id } }
  }),
  'assistant.notes.documents.store': async (scene) => {
    await ready(scene)
    return { as: 'team', body: { file: named('notes.txt', 'The crane is late.') } }
  },
  'assistant.action_acceptances.store': async (scene) => {
    const item = await scene.raise()
    const { id, person } = await proposed(scene, 'action', aboutEntry(item))
    const body = { title: 'Ask', assignee: person.membershipId, version: item.lockVersion }
    return { as: person, params: { id }, body }
  },
  'assistant.duplicates.store': async (scene) => {
    await scene.raise()
    await scene.raise()
    return asking(scene)
  },
  'assistant.duplicates.previews.store': reused(async (scene) => {
    await ready(scene)
    await scene.raise()
    await scene.raise()
    return { as: 'team' }
  }),
  'assistant.merge_acceptances.store': async (scene) => {
    const [kept, closed] = [await scene.raise(), await scene.raise()]
    const { id, person } = await proposed(scene, 'merge', aboutEntries(kept, closed))
    const versions = { kept: kept.lockVersion, closed: closed.lockVersion }
    return { as: person, params: { id }, body: { outcome: 'close', ...versions } }
  },
  'assistant.acceptances.store': async (scene) => {
    const { id, person } = await proposed(scene)
    return { as: person, params: { id }, body: { title: 'The crane is late', nature: 'threat' } }
  },
  'assistant.dismissals.store': async (scene) => {
    const { id, person } = await proposed(scene)
    return { as: person, params: { id } }
  },
  'assistant.reopenings.store': async (scene) => {
    const { id, person } = await proposed(scene)
    await scene.world.inside(async () => (await AiProposal.findOrFail(id)).dismiss(), person)
    return { as: person, params: { id } }
  },
  'assistant.switches.update': async ({ project, world }) => {
    const present = await world.inside(() => Project.findOrFail(project.id))
    return { as: 'manager', body: { enabled: String(!present.isAssistantEnabled) } }
  },
}

/** A preview changes nothing: one prepared for a scene can be used any number of times. */
export function reused(make: (scene: Scene) => Promise<Exercise>) {
  const made = new WeakMap<Scene, Promise<Exercise>>()
  return (scene: Scene) => {
    if (!made.has(scene)) made.set(scene, make(scene))
    return made.get(scene)!
  }
}

const LONG = 3_600_000

const QUESTION = 'Is the crane late?'

/** By someone who has not asked before each time: no one may ask as often as tests do. */
export async function asking(scene: Scene): Promise<Exercise> {
  await ready(scene)
  const { world, project, member } = scene
  const person = await member()
  await world.inside(() => ProjectMember.grant(project, person.membershipId, 'team'))
  return { as: person, body: { question: QUESTION } }
}

export async function ready({ world, project }: Pick<Scene, 'world' | 'project'>) {
  await fallSilent()
  await world.inside(async () => {
    const present = await Project.findOrFail(project.id)
    await present.merge({ isAssistantEnabled: true }).save()
  })
  await switchOn(world)
}

/** A proposal of the manager's. */
async function proposed(
  { world, project }: Scene,
  kind?: Parameters<typeof propose>[1],
  subject?: Partial<AiProposal>
) {
  const person = await world.person('manager')
  const id = await world.inside(async () => {
    const about = { projectId: project.id, feature: 'raid_draft' as const }
    const { id: invocationId } = await mintInvocation({ method: () => 'POST' }, about)
    const asked = { ...about, invocationId, prompt: PROMPT, model: 'm', priceVersion: 'p' }
    const made = await AiInteraction.create({ ...asked, question: 'Notes', reservedMicros: 1 })
    return (await propose(made, kind, subject)).id
  }, person)
  return { id, person }
}

const SIGN_OF_LIFE = 30_000

/**
 * Sends questions where nothing ever answers, so that they stay as they are while a test looks: fetch gives up after
 * five minutes without a byte, which the tests of one file may take.
 */
async function fallSilent() {
  if (claudeSettings.apiKey) return
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': silence\n\n')
    setInterval(() => response.write(': silence\n\n'), SIGN_OF_LIFE).unref()
  }).unref()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const timeouts = { first: LONG, between: LONG, whole: LONG }
  Object.assign(claudeSettings, {
    apiKey: 'test-key',
    baseUrl: `http://127.0.0.1:${port}`,
    timeouts,
  })
}
