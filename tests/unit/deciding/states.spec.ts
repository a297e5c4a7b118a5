import { test } from '@japa/runner'
import { outcomes, type Outcome } from '#models/deciding/enumerations'
import { afterStep, type GateStep } from '#models/deciding/states'
import { gateStatuses, type GateStatus } from '#models/gate/enumerations'

const STATUSES = Object.keys(gateStatuses) as GateStatus[]
const STEPS: GateStep[] = ['prepare', 'submit', 'take_up', 'withdraw', 'decide']

/** Every step that may be taken; all others are refused. */
const ALLOWED: Record<string, GateStatus> = {
  'planned prepare': 'preparing',
  'preparing submit': 'submitted',
  'submitted take_up': 'in_review',
  'submitted withdraw': 'withdrawn',
  'submitted decide': 'decided',
  'in_review take_up': 'in_review',
  'in_review withdraw': 'withdrawn',
  'in_review decide': 'decided',
  'withdrawn prepare': 'preparing',
}

test.group('Steps of a gate', () => {
  for (const status of STATUSES) {
    for (const step of STEPS) {
      test(`${status}: ${step}`, ({ assert }) => {
        assert.equal(afterStep(status, step), ALLOWED[`${status} ${step}`] ?? null)
      })
    }
  }

  test('a decided gate is prepared again only when it was deferred or sent back', ({ assert }) => {
    const again = (Object.keys(outcomes) as Outcome[]).filter((outcome) =>
      afterStep('decided', 'prepare', outcome)
    )
    assert.deepEqual(again, ['deferred', 'rework'])
    for (const step of STEPS.filter((one) => one !== 'prepare')) {
      assert.isNull(afterStep('decided', step, 'rework'))
    }
  })
})
