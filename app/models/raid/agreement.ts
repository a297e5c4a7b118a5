import { today } from '#models/days'
import type { DependencyAnswer, Side } from '#models/raid/enumerations'
import { isSettled } from '#models/raid/transitions'
import type RaidItem from '#models/raid_item'
import Tenancy from '#tenancy/tenancy'

/** What both sides agree to: once one of these changes, the other side's agreement ends. */
export const AGREED_ON = [
  'title',
  'description',
  'direction',
  'dueOn',
  'promisedOn',
  'counterpartProjectId',
] as const

/** One side's answer to a dependency. */
export type Word = {
  answer: DependencyAnswer
  reason?: string | null
  proposedOn?: string | null
}

type Shared = Pick<RaidItem, 'type' | 'counterpartProjectId'>
type Answered = Pick<RaidItem, 'homeAnswer' | 'counterpartAnswer'>

/** A dependency between two projects is in the logs of both. */
export function isShared({ type, counterpartProjectId }: Shared) {
  return type === 'dependency' && Boolean(counterpartProjectId)
}

/** True when both projects agree to a dependency. */
export function bothAgree({ homeAnswer, counterpartAnswer }: Answered) {
  return homeAnswer === 'agreed' && counterpartAnswer === 'agreed'
}

/** The other of its two sides. */
export function otherSide(side: Side): Side {
  return side === 'home' ? 'counterpart' : 'home'
}

/** The direction of a dependency, as the viewing project sees it. */
export function directionFrom(side: Side, direction: string | null) {
  if (side === 'home' || !direction) return direction
  return direction === 'inbound' ? 'outbound' : 'inbound'
}

/** What one side last said. */
export function wordOf(item: RaidItem, side: Side) {
  return {
    answer: item[`${side}Answer`],
    reason: item[`${side}Reason`],
    proposedOn: item[`${side}ProposedOn`],
    answeredBy: item[`${side}AnsweredBy`],
    answeredOn: item[`${side}AnsweredOn`],
  }
}

/**
 * Merges the answer of one side into the item, which the caller locks and saves. Agreeing accepts the date that the
 * other side asked for; proposing another date asks the other side again.
 */
export function takeWord(item: RaidItem, side: Side, word: Word) {
  const other = otherSide(side)
  const asked = wordOf(item, other)
  if (word.answer === 'agreed' && asked.answer === 'date_proposed') {
    item.dueOn = asked.proposedOn
    say(item, other, { answer: 'agreed' }, asked.answeredBy)
  }
  say(item, side, word, Tenancy.current().membershipId)
  if (word.answer === 'date_proposed') forget(item, other)
  item.awaitedSide = bothAgree(item) ? null : other
  if (bothAgree(item)) item.status = 'agreed'
  else if (item.status === 'agreed') item.status = 'proposed'
  item.isAnswering = true
}

/** Keeps what both sides said in line with what is about to be saved. */
export function keepAgreement(item: RaidItem) {
  if (item.type !== 'dependency') return
  if (!isShared(item)) return forgetAll(item)
  const isChanged = AGREED_ON.some((name) => name in item.$dirty)
  const isReopened = 'status' in item.$dirty && item.$original.status === 'cancelled'
  if (!item.isAnswering && (isChanged || isReopened)) propose(item)
  if (item.status === 'agreed' && !bothAgree(item)) item.status = 'proposed'
  if (isSettled(item.type, item.status)) item.awaitedSide = null
  item.isAnswering = false
}

/** Someone who changes a dependency agrees to what they wrote, and asks the other side. */
function propose(item: RaidItem) {
  say(item, 'home', { answer: 'agreed' }, Tenancy.current().membershipId)
  forget(item, 'counterpart')
  item.awaitedSide = 'counterpart'
}

function say(item: RaidItem, side: Side, word: Word, by: string | null) {
  item[`${side}Answer`] = word.answer
  item[`${side}Reason`] = word.reason ?? null
  item[`${side}ProposedOn`] = word.answer === 'date_proposed' ? (word.proposedOn ?? null) : null
  item[`${side}AnsweredBy`] = by
  item[`${side}AnsweredOn`] = today()
}

function forget(item: RaidItem, side: Side) {
  item[`${side}Answer`] = null
  item[`${side}Reason`] = null
  item[`${side}ProposedOn`] = null
  item[`${side}AnsweredBy`] = null
  item[`${side}AnsweredOn`] = null
}

function forgetAll(item: RaidItem) {
  if (!item.homeAnswer && !item.counterpartAnswer && !item.awaitedSide) return
  forget(item, 'home')
  forget(item, 'counterpart')
  item.awaitedSide = null
}
