import { failures, type FailureKind } from '#assistant/failure'
import { withPeople } from '#assistant/restoring'
import type { Viewer } from '#identity/viewer'
import type AiInteraction from '#models/ai_interaction'
import { citationsIn } from '#models/assistant/citations'
import { peopleBehind } from '#models/assistant/people'
import type Project from '#models/project'
import { pageOfKind } from '#pages/assistant/kinds'
import { renderAnswer } from '#registries/answer_markdown'
import { pounds } from '#registries/money'

/** Questions with their answers, as a conversation shows them. */
export async function turnState(turns: AiInteraction[], project: Project, viewer: Viewer) {
  const names = await peopleBehind(turns)
  const citations = await citationsIn(turns, project, viewer)
  return turns.map((turn) => ({
    id: turn.id,
    conversation: turn.conversationId,
    question: turn.question,
    proposals: proposalsOf(turn),
    html: turn.told.text && renderAnswer(withPeople(turn.told.text, names), citations),
    isRunning: !isOver(turn),
    isForgotten: turn.prompt === null,
    isMade: turn.answer !== null,
    trouble: troubleOf(turn),
    again: isOver(turn) ? againOf(turn) : null,
    askedAt: turn.askedAt,
    cost: turn.status === 'running' ? null : pounds(turn.costMicros),
    href: `/projects/${project.id}/assistant/questions/${turn.id}`,
  }))
}

/** Where its proposals wait for review, if it has any. */
function proposalsOf(turn: AiInteraction) {
  const isProposing = turn.status === 'answered' && turn.told.isProposing
  return isProposing ? pageOfKind(turn)?.href : null
}

/** Where the question of a failed answer is in its form again. */
function againOf(turn: AiInteraction) {
  if (!turn.question || turn.status === 'answered') return null
  const page = `/projects/${turn.projectId}/assistant`
  if (turn.feature === 'raid_draft') return `${page}/notes?again=${turn.id}#question`
  if (turn.feature !== 'ask') return null
  return `${page}?conversation=${turn.conversationId}&again=${turn.id}#question`
}

function isOver({ status, isLost }: AiInteraction) {
  return status !== 'running' || isLost
}

function troubleOf({ status, failure, isLost }: AiInteraction) {
  if (isLost) return failures.lost
  if (status === 'aborted') return 'You stopped Claude, or left, before the answer was complete.'
  if (status === 'failed') return failures[failure as FailureKind] ?? failures.refused
  return null
}
