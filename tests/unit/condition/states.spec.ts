import { test } from '@japa/runner'
import { keptStates, type KeptState } from '#models/condition/enumerations'
import {
  afterConditionStep,
  isConditionOverdue,
  shownState,
  type ConditionStep,
} from '#models/condition/states'

const STEPS: ConditionStep[] = ['claim', 'verify', 'send_back', 'waive']
const ALLOWED: Record<string, KeptState> = {
  'open claim': 'claimed',
  'open waive': 'waived',
  'claimed verify': 'verified',
  'claimed send_back': 'open',
  'claimed waive': 'waived',
}
const DUE = '2026-05-10'

test.group('Steps of a condition', () => {
  for (const state of Object.keys(keptStates) as KeptState[]) {
    for (const step of STEPS) {
      test(`${state}: ${step}`, ({ assert }) => {
        assert.equal(afterConditionStep(state, step), ALLOWED[`${state} ${step}`] ?? null)
      })
    }
  }
})

test.group('An overdue condition', () => {
  const cases: [state: KeptState, claimedOn: string | null, today: string, overdue: boolean][] = [
    ['open', null, '2026-05-09', false],
    ['open', null, '2026-05-10', false],
    ['open', null, '2026-05-11', true],
    ['claimed', '2026-05-10', '2026-06-30', false],
    ['claimed', '2026-05-11', '2026-05-11', true],
    ['claimed', '2026-05-11', '2026-06-30', true],
    ['verified', '2026-05-11', '2026-06-30', false],
    ['waived', null, '2026-06-30', false],
  ]
  for (const [state, claimedOn, today, overdue] of cases) {
    test(`due ${DUE}, ${state} ${claimedOn ?? ''} on ${today}`, ({ assert }) => {
      const condition = { state, dueOn: DUE, claimedOn }
      assert.equal(isConditionOverdue(condition, today), overdue)
      assert.equal(shownState(condition, today), overdue ? 'overdue' : state)
    })
  }
})
