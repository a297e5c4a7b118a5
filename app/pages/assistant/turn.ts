import { failures, type FailureKind } from '#assistant/failure'
import { withPeople } from '#assistant/restoring'
import type { Viewer } from '#identity/viewer'
import type AiInteraction from '#models/ai_interaction'
import { citationsIn } from '#models/assistant/citations'
import { peopleBehind } from '#models/assistant/people'
import type Project from '#models/project'
import { renderAnswer } from '#registries/answer_markdown'
import { pounds } from '#registries/money'

/** Questions with their answers, as a conversation shows them. */
export async function turnState(turns: AiInteraction[], project: Project, viewer: Viewer) {
  const names = await peopleBehind(turns)
  const citations = await citationsIn(turns, project, viewer)
  const notes = `/projects/${project.id}/assistant/notes`
  return turns.map((turn) => ({
    id: turn.id,
    conversation: turn.conversationId,
    question: turn.question,
    proposals: turn.feature === 'raid_draft' && turn.status === 'answered' && notes,
    html:
      turn.answer &&
      turn.feature === 'ask' &&
      renderAnswer(withPeople(turn.answer, names), citations),
    isRunning: turn.status === 'running' && !turn.isLost,
    isForgotten: turn.prompt === null,
    trouble: troubleOf(turn),
    askedAt: turn.askedAt,
    cost: turn.status === 'running' ? null : pounds(turn.costMicros),
    href: `/projects/${project.id}/assistant/questions/${turn.id}`,
  }))
}

export type Turn = Awaited<ReturnType<typeof turnState>>[number]

function troubleOf({ status, failure, isLost }: AiInteraction) {
  if (isLost) return failures.lost
  if (status === 'aborted') return 'You left before the answer was whole.'
  if (status === 'failed') return failures[failure as FailureKind] ?? failures.refused
  return null
}
