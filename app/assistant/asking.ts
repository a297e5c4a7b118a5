import { claudeSettings } from '#config/assistant'
import { mintInvocation } from '#assistant/invocations'
import { prepareQuestion, type Prepared } from '#assistant/question'
import { Run, type Finish } from '#assistant/run'
import type { Viewer } from '#identity/viewer'
import AiInteraction from '#models/ai_interaction'
import type { Feature } from '#models/assistant/features'
import { holdBudget } from '#models/assistant/holding'
import { remembered, turnsOf } from '#models/assistant/conversation'
import { keepPace } from '#models/assistant/pace'
import { obstacleFor, obstacles } from '#models/assistant/switches'
import type Project from '#models/project'
import { refuse } from '#models/violation'
import { mostMicros, priceList } from '#registries/assistant_prices'

type Request = { method(): string }

type Asked = { question: string; conversation: string | null }

/** A question that is about to be asked, and what is done with the answer before it is shown. */
type Beginning = Prepared & {
  feature: Feature
  question: string
  conversationId?: string
  finish?: Finish
}

/** Asks a question about a project, within a conversation or as the first of one. */
export async function ask(
  request: Request,
  project: Project,
  viewer: Viewer,
  { question, conversation }: Asked
) {
  await refuseObstacle(viewer, project)
  const turns = await turnsOf(project, viewer, conversation)
  const prepared = await prepareQuestion(project, viewer, question, remembered(turns))
  const conversationId = turns[0]?.conversationId
  return begin(request, project, viewer, {
    ...prepared,
    feature: 'ask',
    question,
    conversationId,
  })
}

/**
 * Records what is about to be asked, reserves what it may cost from the budget, and returns the run that asks it once
 * the transaction has committed. Refuses when the budget is spent.
 */
export async function begin(
  request: Request,
  project: Project,
  viewer: Viewer,
  { body, manifest, feature, question, conversationId, finish }: Beginning
) {
  const prompt = JSON.stringify(body)
  const most = mostMicros(claudeSettings.model, Buffer.byteLength(prompt), body.max_tokens)
  const { membershipId, organisation } = viewer
  const asker = { organisationId: organisation.id, membershipId, projectId: project.id }
  await holdBudget(asker, most)
  await keepPace(membershipId)
  const about = { projectId: project.id, feature }
  const invocation = await mintInvocation(request, about)
  const interaction = await AiInteraction.create({
    ...about,
    invocationId: invocation.id,
    conversationId,
    question,
    prompt,
    contextManifest: manifest,
    model: claudeSettings.model,
    priceVersion: priceList.version,
    reservedMicros: most,
  })
  return { interaction, run: new Run(interaction.id, invocation, body, finish) }
}

/** Refuses when the assistant is off, before anything is prepared for it. */
export async function refuseObstacle(viewer: Viewer, project: Project) {
  const obstacle = await obstacleFor(viewer, project, claudeSettings)
  if (obstacle) refuse('question', obstacles[obstacle])
}
