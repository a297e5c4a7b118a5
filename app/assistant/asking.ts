import { claudeSettings } from '#config/assistant'
import { mintInvocation } from '#assistant/invocations'
import { prepareQuestion } from '#assistant/question'
import { Run } from '#assistant/run'
import type { Viewer } from '#identity/viewer'
import AiInteraction from '#models/ai_interaction'
import { holdBudget } from '#models/assistant/budget'
import { remembered, turnsOf } from '#models/assistant/conversation'
import { keepPace } from '#models/assistant/pace'
import { obstacleFor, obstacles } from '#models/assistant/switches'
import type Project from '#models/project'
import { refuse } from '#models/violation'
import { mostMicros, priceList } from '#registries/assistant_prices'

export type Asked = { question: string; conversation: string | null }

/**
 * Writes down what is about to be asked, with what it may cost held back from the budget, and answers the
 * run that asks it once that is certain. Refuses where the assistant is off or its budget spent.
 */
export async function ask(
  request: { method(): string },
  project: Project,
  viewer: Viewer,
  { question, conversation }: Asked
) {
  const obstacle = await obstacleFor(viewer, project, claudeSettings)
  if (obstacle) refuse('question', obstacles[obstacle])
  const turns = await turnsOf(project, viewer, conversation)
  const { body, manifest } = await prepareQuestion(project, viewer, question, remembered(turns))
  const prompt = JSON.stringify(body)
  const most = mostMicros(claudeSettings.model, Buffer.byteLength(prompt), body.max_tokens)
  await holdBudget(viewer.membershipId, most)
  await keepPace(viewer.membershipId)
  const about = { projectId: project.id, feature: 'ask' as const }
  const invocation = await mintInvocation(request, about)
  const interaction = await AiInteraction.create({
    ...about,
    invocationId: invocation.id,
    conversationId: turns[0]?.conversationId,
    question,
    prompt,
    contextManifest: manifest,
    model: claudeSettings.model,
    priceVersion: priceList.version,
    reservedMicros: most,
  })
  return { interaction, run: new Run(interaction.id, invocation, body) }
}
