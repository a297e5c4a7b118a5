import { test } from '@japa/runner'
import { healthBy } from '#models/health/computed'
import {
  dimensionNames,
  stepsWorse,
  worstOf,
  type Dimension,
  type Rating,
} from '#models/health/enumerations'
import type { HealthFacts } from '#models/health/facts'
import { healthRules } from '#models/health/rules/index'

const NO_TASKS = { open: 0, overdue: 0, blocked: 0, orphaned: 0 }

/** A project of which the records say nothing. */
const SILENT: HealthFacts = {
  projectId: 'p',
  code: 'ATLAS',
  isOver: false,
  lapsed: 0,
  stopped: null,
  tasks: NO_TASKS,
  hasLog: false,
  unowned: 0,
  changes: { high: 0, severe: 0 },
  categories: [],
  shared: { open: 0, unsettled: 0, missed: 0 },
  gate: null,
  stage: null,
  end: null,
}

const slip = (days: number) => ({ id: 'g', number: 2, name: 'Delivery strategy', days })
const tasks = (counts: Partial<HealthFacts['tasks']>) => ({ tasks: { ...NO_TASKS, ...counts } })
const of = (category: string, weights: Partial<HealthFacts['categories'][number]>) => {
  const none = { high: 0, severe: 0 }
  return { categories: [{ category, risks: none, issues: none, ...weights }] }
}

type Case = [what: string, facts: Partial<HealthFacts>, rating: Rating, says?: RegExp]

const cases: Record<string, [Dimension, Case[]]> = {
  shared_dependencies: [
    'schedule',
    [
      ['agreed', { shared: { open: 2, unsettled: 0, missed: 0 } }, 'green', /Both sides agree/],
      ['not agreed', { shared: { open: 2, unsettled: 1, missed: 0 } }, 'amber', /^1 dependency/],
      ['missed', { shared: { open: 2, unsettled: 1, missed: 1 } }, 'red', /is missed/],
    ],
  ],
  rejected_gate: [
    'schedule',
    [
      [
        'goes on',
        { stopped: { id: 'g', number: 2, name: 'Delivery strategy' } },
        'red',
        /^Gate ATLAS-G2 Delivery strategy was rejected, and the project goes on/,
      ],
    ],
  ],
  gate_slip: [
    'schedule',
    [
      ['within a week', { gate: slip(6) }, 'green', /within a week/],
      [
        'a week late',
        { gate: slip(7) },
        'amber',
        /^Gate ATLAS-G2 Delivery strategy is 7 days later/,
      ],
      ['four weeks late', { gate: slip(28) }, 'red'],
      ['early', { gate: slip(-9) }, 'green'],
    ],
  ],
  stage_slip: [
    'schedule',
    [
      ['within a week', { stage: slip(0) }, 'green'],
      ['late', { stage: slip(10) }, 'amber', /^The end of the stage Delivery strategy is 10 days/],
      ['very late', { stage: slip(40) }, 'red'],
    ],
  ],
  end_slip: [
    'schedule',
    [
      ['within a week', { end: slip(1) }, 'green'],
      ['late', { end: slip(27) }, 'amber', /^The end of the project is 27 days/],
      ['very late', { end: slip(28) }, 'red'],
    ],
  ],
  overdue_tasks: [
    'schedule',
    [
      ['none overdue', tasks({ open: 9 }), 'green', /No open task is overdue/],
      [
        'fewer than one in ten',
        tasks({ open: 11, overdue: 1 }),
        'green',
        /1 of 11 open tasks is overdue \(9%\)/,
      ],
      ['one in ten', tasks({ open: 10, overdue: 1 }), 'amber'],
      [
        'three in ten',
        tasks({ open: 10, overdue: 3 }),
        'red',
        /3 of 10 open tasks are overdue \(30%\)/,
      ],
      ['all of only two', tasks({ open: 2, overdue: 2 }), 'amber'],
    ],
  ],
  lapsed_conditions: [
    'schedule',
    [
      [
        'one',
        { lapsed: 1 },
        'red',
        /1 condition of an approval is overdue: the approval has lapsed/,
      ],
    ],
  ],
  change_requests: [
    'scope',
    [
      ['none high', { hasLog: true }, 'green'],
      [
        'one high',
        { hasLog: true, changes: { high: 1, severe: 0 } },
        'amber',
        /off-specification of high priority is open/,
      ],
      [
        'one critical',
        { hasLog: true, changes: { high: 2, severe: 1 } },
        'red',
        /1 of them critical/,
      ],
    ],
  ],
  risks_financial: [
    'cost',
    [
      ['high', of('financial', { risks: { high: 1, severe: 0 } }), 'amber', /“Financial” is high/],
      [
        'severe',
        of('financial', { risks: { high: 3, severe: 1 } }),
        'red',
        /is severe, and 2 more high/,
      ],
    ],
  ],
  issues_financial: [
    'cost',
    [
      [
        'high',
        of('financial', { issues: { high: 2, severe: 0 } }),
        'amber',
        /^2 issues from risks/,
      ],
      ['critical', of('financial', { issues: { high: 1, severe: 1 } }), 'red', /is critical/],
    ],
  ],
  risks_business: [
    'benefits',
    [['severe', of('business', { risks: { high: 1, severe: 1 } }), 'red']],
  ],
  issues_business: [
    'benefits',
    [['high', of('business', { issues: { high: 1, severe: 0 } }), 'amber']],
  ],
  blocked_tasks: [
    'resources',
    [
      ['none blocked', tasks({ open: 5 }), 'green', /No open task is blocked/],
      [
        'one in ten',
        tasks({ open: 10, blocked: 1 }),
        'amber',
        /1 of 10 open tasks is blocked \(10%\)/,
      ],
      ['one in four', tasks({ open: 12, blocked: 3 }), 'red'],
      ['half of only four', tasks({ open: 4, blocked: 2 }), 'amber'],
    ],
  ],
  orphaned_tasks: [
    'resources',
    [
      ['one', tasks({ orphaned: 1 }), 'amber', /1 overdue task belongs to somebody who left/],
      ['five', tasks({ orphaned: 5 }), 'red'],
    ],
  ],
  unowned_entries: [
    'resources',
    [
      ['one', { unowned: 1 }, 'amber', /1 overdue RAID entry has no owner/],
      ['five', { unowned: 5 }, 'red'],
    ],
  ],
  risks_people_organisation: [
    'resources',
    [['high', of('people_organisation', { risks: { high: 1, severe: 0 } }), 'amber']],
  ],
  issues_people_organisation: [
    'resources',
    [['critical', of('people_organisation', { issues: { high: 1, severe: 1 } }), 'red']],
  ],
  risks_external_supplier: [
    'resources',
    [['severe', of('external_supplier', { risks: { high: 1, severe: 1 } }), 'red']],
  ],
  issues_external_supplier: [
    'resources',
    [['high', of('external_supplier', { issues: { high: 1, severe: 0 } }), 'amber']],
  ],
}

test.group('Computed health: each rule', () => {
  test('has its cases here', ({ assert }) => {
    assert.sameMembers(
      Object.keys(cases),
      healthRules.map(({ key }) => key)
    )
  })

  for (const [key, [dimension, ofRule]] of Object.entries(cases)) {
    for (const [what, facts, rating, says] of ofRule) {
      test(`${key}: ${what} is ${rating}`, ({ assert }) => {
        const found = healthBy({ ...SILENT, ...facts })[dimension]
        assert.equal(found.rating, rating)
        const reason = found.reasons.find((one) => one.key === key)
        assert.equal(reason?.rating, rating)
        if (says) assert.match(reason!.text, says)
        assert.match(reason!.href!, /^\/projects\/p/)
      })
    }
  }
})

test.group('Computed health: a dimension', () => {
  test('of which nothing is known is not rated, and says so', ({ assert }) => {
    const health = healthBy(SILENT)
    for (const dimension of dimensionNames) {
      assert.equal(health[dimension].rating, 'not_rated')
      assert.lengthOf(health[dimension].reasons, 1)
    }
    assert.match(health.cost.reasons[0].text, /holds no budget/)
    assert.match(health.benefits.reasons[0].text, /holds no benefits profile/)
  })

  test('never is green because nothing was said about money', ({ assert }) => {
    const health = healthBy({ ...SILENT, hasLog: true, ...tasks({ open: 5 }) })
    assert.equal(health.cost.rating, 'not_rated')
    assert.equal(health.scope.rating, 'green')
    assert.equal(health.resources.rating, 'green')
  })

  test('is as bad as its worst finding, which it tells first', ({ assert }) => {
    const { schedule } = healthBy({ ...SILENT, gate: slip(0), end: slip(8), lapsed: 2 })
    assert.equal(schedule.rating, 'red')
    assert.deepEqual(
      schedule.reasons.map(({ rating }) => rating),
      ['red', 'amber', 'green']
    )
  })

  test('overall is the worst of those rated, and names them', ({ assert }) => {
    const { overall } = healthBy({ ...SILENT, end: slip(8), hasLog: true })
    assert.equal(overall.rating, 'amber')
    assert.deepEqual(
      overall.reasons.map(({ text, href }) => [text, href]),
      [['Schedule is amber.', '/projects/p/health#schedule']]
    )
  })

  test('of a closed project is not measured any more', ({ assert }) => {
    const health = healthBy({ ...SILENT, isOver: true, lapsed: 3 })
    assert.equal(health.schedule.rating, 'not_rated')
    assert.equal(health.overall.rating, 'not_rated')
  })
})

test.group('Ratings compare', () => {
  test('by steps, and not at all with what is not rated', ({ assert }) => {
    assert.equal(stepsWorse('green', 'red'), 2)
    assert.equal(stepsWorse('amber', 'green'), -1)
    assert.equal(stepsWorse('green', 'not_rated'), 0)
    assert.equal(stepsWorse('not_rated', 'red'), 0)
    assert.equal(worstOf(['green', 'not_rated', 'amber']), 'amber')
    assert.equal(worstOf([]), 'not_rated')
  })
})
