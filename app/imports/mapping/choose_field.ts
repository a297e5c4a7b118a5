import type { Candidate } from '#imports/mapping/candidates'
import { choose, keep, type Choice } from '#imports/mapping/choice'
import { chooseByCells } from '#imports/mapping/choose_by_cells'
import { chooseDate, isDate } from '#imports/mapping/choose_date'
import { chooseScore } from '#imports/mapping/choose_score'
import { isFieldOf, type Target } from '#imports/mapping/fields'
import type { Concept } from '#imports/vocabulary/headers'
import type { RecordType } from '#imports/vocabulary/kinds'
import { fold } from '#imports/vocabulary/text'

const DIRECT: Partial<Record<Concept, Target>> = {
  sourceId: 'sourceId',
  parentSourceId: 'parentSourceId',
  title: 'title',
  description: 'description',
  status: 'status',
  owner: 'ownerLabel',
  escalation: 'escalation',
  sensitivity: 'sensitivity',
  nature: 'nature',
  cause: 'cause',
  event: 'event',
  category: 'category',
  proximity: 'proximity',
  actionee: 'actioneeLabel',
  issueKind: 'issueKind',
  urgency: 'urgency',
  resolution: 'resolution',
  impactIfFalse: 'impactIfFalse',
  confidence: 'confidence',
  validationMethod: 'validationMethod',
  direction: 'direction',
  counterpartKind: 'counterpartKind',
  counterpartName: 'counterpartName',
  options: 'options',
  rationale: 'rationale',
  decider: 'deciderLabel',
}

/** The field one column fills, by its header and checked against its cells. */
export function chooseField(
  candidate: Candidate,
  type: RecordType | null,
  others: Candidate[]
): Choice {
  const choice =
    (type === 'task' && choosePlanned(candidate)) || fieldOfLog(candidate, type, others)
  const isKnown = ['keep', 'ignore'].includes(choice.field)
  if (type !== 'task' || isKnown || isFieldOf(choice.field, type)) return choice
  return keep('tasks have no such field')
}

/** Columns that only a plan has. */
function choosePlanned({ concept, profile, score }: Candidate): Choice | null {
  const field = concept && PLANNED[concept]
  // A list of actions names each by what has to be done.
  if (concept === 'plan' && !profile.isEmpty) return choose('title', 0.7)
  if (!field) return null
  if (profile.isEmpty) return { field: 'ignore', confidence: 1, reason: 'it is empty' }
  // If a plan has a deadline beside its end, the deadline is the due date.
  return choose(field, concept === 'finish' ? score * 0.95 : score)
}

const PLANNED: Partial<Record<Concept, Target>> = {
  start: 'startOn',
  finish: 'dueOn',
  predecessors: 'predecessors',
  percentComplete: 'progress',
}

function fieldOfLog(candidate: Candidate, type: RecordType | null, others: Candidate[]): Choice {
  const { concept, profile, score } = candidate
  if (profile.isEmpty && concept === null)
    return { field: 'ignore', confidence: 1, reason: 'it is empty' }
  if (concept === null) return chooseByCells(candidate, others)
  if (isDate(concept)) return chooseDate(candidate, concept, type, others)
  if (
    concept === 'likelihood' ||
    concept === 'impact' ||
    concept === 'score' ||
    concept === 'severity' ||
    concept === 'effect'
  ) {
    return chooseScore(candidate, type, others)
  }
  if (type === 'dependency' && isTrafficLight(candidate, others))
    return choose('status', 0.6, 'its colours')
  if (concept === 'plan' || concept === 'response') return chooseResponse(candidate, type)
  const isResponse = concept === 'owner' && !profile.isEmpty && profile.chosen('response') >= 0.9
  if (isResponse && type === 'risk') return choose('response', 0.6, 'its values')
  if (concept === 'status') return chooseStatus(candidate, type)
  if (concept === 'type')
    return profile.chosen('category') >= 0.5 && type === 'risk'
      ? choose('category', 0.6, 'its values')
      : keep('its types are no record types')
  if (concept === 'priority')
    return type === 'risk'
      ? keep('risks are ranked by likelihood and impact')
      : choose('priority', score)
  if (concept === 'sourceId' || concept === 'title') return chooseName(candidate)
  if (concept === 'escalation') return needsChoices(candidate, 'escalation', 0.8)
  if (concept === 'sensitivity') return needsChoices(candidate, 'sensitivity', 0.8)
  if (concept === 'nature') return needsChoices(candidate, 'nature', 0.6)
  if (concept === 'proximity') return needsChoices(candidate, 'proximity', 0.5)
  if (concept === 'direction') return chooseDirection(candidate)
  if (concept === 'impactIfFalse')
    return profile.levels >= 0.5 || profile.isEmpty
      ? choose('impactIfFalse', score)
      : keep('it is text')
  const direct = DIRECT[concept]
  return direct ? choose(direct, score) : keep('no field of its own')
}

function chooseResponse(
  { concept, profile, score, label }: Candidate,
  type: RecordType | null
): Choice {
  const isWordy = profile.averageLength > 22
  const isChoice =
    !profile.isEmpty && profile.chosen('response') >= (concept === 'plan' ? 0.8 : 0.5) && !isWordy
  if (isChoice && (type === 'risk' || type === null))
    return choose('response', Math.max(score, 0.8), 'its values')
  if (profile.isEmpty && concept === 'response') return choose('response', score * 0.8)
  if (type === 'issue') return choose('resolution', 0.75)
  if (type === 'assumption' && /valid|verif|confirm|prüf/i.test(label))
    return choose('validationMethod', 0.7)
  if (type === 'assumption' || type === 'dependency' || type === 'decision')
    return keep('no field of its own')
  return choose('responsePlan', score)
}

function chooseStatus({ profile, score }: Candidate, type: RecordType | null): Choice {
  if (profile.isEmpty) return choose('status', score)
  const isColour = profile.texts.every((text) =>
    /^(red|amber|green|yellow|blue|r|a|g|y|rot|gelb|grün|rouge|vert|orange|rojo|verde|amarillo)$/i.test(
      text
    )
  )
  if (isColour && type !== 'dependency')
    return { ...keep('a traffic light, no state'), confidence: 0.6 }
  if (profile.averageLength > 45 && profile.situations < 0.5) return keep('it is text')
  return choose('status', score * (profile.situations > 0.3 ? 1 : 0.7))
}

/** A dependency's colour says whether it is at risk. */
function isTrafficLight({ label, profile }: Candidate, others: Candidate[]): boolean {
  const isNamed = /^(rag|rag status|rag rating|ampel|colour|color)$/.test(fold(label))
  return isNamed && profile.situations >= 0.8 && !others.some(({ concept }) => concept === 'status')
}

function chooseName({ concept, profile, score, kind }: Candidate): Choice {
  if (concept === 'sourceId') {
    const isProse = profile.averageLength > 22 && profile.texts.some((text) => text.includes(' '))
    return isProse
      ? choose('title', 0.6, 'its texts')
      : choose('sourceId', score * (profile.references > 0.5 || profile.isEmpty ? 1 : 0.7))
  }
  const isShort = !profile.isEmpty && profile.averageLength < 14
  if (isShort && kind && profile.levels >= 0.8) return keep('a rating')
  if (isShort && profile.references >= 0.9 && profile.distinct === profile.texts.length && kind)
    return choose('sourceId', 0.7, 'its values')
  return choose('title', score)
}

function needsChoices({ profile, score }: Candidate, field: Target, share: number): Choice {
  if (profile.isEmpty || profile.chosen(field) >= share) return choose(field, score)
  return keep('its values fit no field')
}

function chooseDirection(candidate: Candidate): Choice {
  const { profile, score } = candidate
  if (profile.isEmpty || profile.chosen('direction') >= 0.6) return choose('direction', score)
  return profile.chosen('counterpartKind') >= 0.8
    ? choose('counterpartKind', 0.6, 'its values')
    : keep('its values fit no field')
}
