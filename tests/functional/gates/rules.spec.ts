import { test } from '@japa/runner'
import Gate from '#models/gate'
import { rules } from '#models/gate/rules/index'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import { critical, severe } from '#tests/support/raid_log'
import { inDays, Table } from '#tests/support/table'
import { World, type Person } from '#tests/support/world'

type Entry = Parameters<typeof RaidItem.raise>[1]

const [yesterday, today, tomorrow] = [-1, 0, 1].map(inDays)

test.group('Gate rules', (group) => {
  let world: World
  let project: Project
  let gate: Gate
  let manager: Person

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    manager = await world.person('manager')
    gate = await world.inside(async () => (await Gate.of(project))[1])
  })

  const cases: [rule: string, name: string, entry: Entry | (() => Entry), isMet: boolean][] = [
    ['severe_risks_answered', 'a severe risk with neither', { ...severe, title: 'Flood' }, false],
    [
      'severe_risks_answered',
      'a severe risk without an owner',
      { ...severe, title: 'Flood', response: 'reduce' },
      false,
    ],
    [
      'severe_risks_answered',
      'a severe risk without a response',
      { ...severe, title: 'Flood', ownerLabel: 'The supplier' },
      false,
    ],
    [
      'severe_risks_answered',
      'a severe risk with both',
      { ...severe, title: 'Flood', ownerLabel: 'The supplier', response: 'reduce' },
      true,
    ],
    [
      'severe_risks_answered',
      'a closed one',
      { ...severe, title: 'Flood', status: 'closed' },
      true,
    ],
    [
      'severe_risks_answered',
      'a high one',
      { ...severe, title: 'Flood', currentLikelihood: 4 },
      true,
    ],
    [
      'severe_risks_answered',
      'a great opportunity',
      { ...severe, title: 'Flood', nature: 'opportunity' },
      true,
    ],
    [
      'critical_issues_on_time',
      'a critical issue of yesterday',
      { ...critical, title: 'Leak', dueOn: yesterday },
      false,
    ],
    [
      'critical_issues_on_time',
      'a critical issue of today',
      { ...critical, title: 'Leak', dueOn: today },
      true,
    ],
    [
      'critical_issues_on_time',
      'a critical issue without a date',
      { ...critical, title: 'Leak' },
      true,
    ],
    [
      'critical_issues_on_time',
      'an issue that is critical for a reason',
      {
        ...critical,
        title: 'Leak',
        severity: 1,
        priorityOverride: 'critical',
        priorityReason: 'Seen by the press',
        dueOn: yesterday,
      },
      false,
    ],
    [
      'critical_issues_on_time',
      'a lesser one of yesterday',
      { ...critical, title: 'Leak', severity: 2, dueOn: yesterday },
      true,
    ],
    [
      'critical_issues_on_time',
      'a resolved one',
      { ...critical, title: 'Leak', dueOn: yesterday, status: 'closed' },
      true,
    ],
    ['no_critical_issues', 'a critical issue', { ...critical, title: 'Leak' }, false],
    [
      'critical_assumptions_validated',
      'an unvalidated one that would hurt',
      { type: 'assumption', title: 'Dry', impactIfFalse: 4 },
      false,
    ],
    [
      'critical_assumptions_validated',
      'one under way',
      { type: 'assumption', title: 'Dry', impactIfFalse: 5, status: 'validating' },
      false,
    ],
    [
      'critical_assumptions_validated',
      'a validated one',
      { type: 'assumption', title: 'Dry', impactIfFalse: 5, status: 'validated' },
      true,
    ],
    [
      'critical_assumptions_validated',
      'one that would hardly hurt',
      { type: 'assumption', title: 'Dry', impactIfFalse: 3 },
      true,
    ],
    [
      'dependencies_agreed',
      'one needed by then and only proposed',
      { type: 'dependency', direction: 'inbound', title: 'Crane', dueOn: today },
      false,
    ],
    [
      'dependencies_agreed',
      'one at risk',
      { type: 'dependency', direction: 'inbound', title: 'Crane', dueOn: today, status: 'at_risk' },
      false,
    ],
    [
      'dependencies_agreed',
      'one that is agreed',
      { type: 'dependency', direction: 'inbound', title: 'Crane', dueOn: today, status: 'agreed' },
      true,
    ],
    [
      'dependencies_agreed',
      'one needed later',
      { type: 'dependency', direction: 'inbound', title: 'Crane', dueOn: tomorrow },
      true,
    ],
    [
      'reviews_on_time',
      'an entry that was to be reviewed yesterday',
      { ...severe, title: 'Flood', nextReviewOn: yesterday },
      false,
    ],
    [
      'reviews_on_time',
      'an entry to be reviewed today',
      { ...severe, title: 'Flood', nextReviewOn: today },
      true,
    ],
  ]

  for (const [rule, name, entry, isMet] of cases) {
    test(`${rule}: ${isMet ? 'met' : 'not met'} by ${name}`, async ({ assert }) => {
      await world.inside(async () => {
        const place = { project, gate, viewer: null }
        assert.isTrue((await rules[rule].check(place)).isMet, 'with an empty log')
        const item = await RaidItem.raise(project, entry as Entry)
        const verdict = await rules[rule].check(place)
        assert.equal(verdict.isMet, isMet)
        assert.deepEqual(
          verdict.offenders.map(({ ref, href }) => [ref, href]),
          isMet ? [] : [[item.ref, `/projects/${project.id}/raid/${item.id}`]]
        )
      })
    })
  }

  test('dependencies are checked up to the day of the gate', async ({ assert }) => {
    await world.inside(async () => {
      await RaidItem.raise(project, {
        type: 'dependency',
        direction: 'inbound',
        title: 'Crane',
        dueOn: tomorrow,
      })
      for (const [forecastOn, isMet] of [
        [today, true],
        [tomorrow, false],
      ] as const) {
        gate.forecastOn = forecastOn
        const verdict = await rules.dependencies_agreed.check({ project, gate, viewer: null })
        assert.equal(verdict.isMet, isMet)
      }
    })
  })

  test('dependencies that another project shares are checked from both sides', async ({
    assert,
  }) => {
    const other = await world.project()
    await world.inside(async () => {
      const shared = {
        type: 'dependency',
        direction: 'inbound',
        counterpartProjectId: project.id,
        dueOn: today,
        nextReviewOn: yesterday,
      } as const
      const place = { project, gate, viewer: null }
      await RaidItem.raise(other, { ...shared, title: 'Secret', sensitivity: 'project_leads' })
      assert.isTrue((await rules.dependencies_agreed.check(place)).isMet, 'kept to its leads')
      const crane = await RaidItem.raise(other, { ...shared, title: 'Crane' })
      const { isMet, offenders } = await rules.dependencies_agreed.check(place)
      assert.isFalse(isMet)
      assert.deepEqual(
        offenders.map(({ ref, href }) => [ref, href]),
        [[`D${crane.number}`, `/projects/${project.id}/raid/${crane.id}`]]
      )
      assert.isTrue((await rules.reviews_on_time.check(place)).isMet, 'reviewed in its own log')
    })
  })

  test('priority_tasks_on_time: only pressing tasks that are late', async ({ assert }) => {
    await world.inside(async () => {
      const add = (attributes: Partial<Task>) =>
        Task.add(project, { title: 'Pour', assigneeId: manager.membershipId, ...attributes })
      await add({ priority: 'medium', dueOn: yesterday })
      await add({ priority: 'critical', dueOn: today })
      await add({ priority: 'high', dueOn: yesterday, status: 'done' })
      const check = () => rules.priority_tasks_on_time.check({ project, gate, viewer: null })
      assert.isTrue((await check()).isMet)
      const late = await add({ priority: 'high', dueOn: yesterday })
      const verdict = await check()
      assert.isFalse(verdict.isMet)
      assert.deepEqual(
        verdict.offenders.map(({ ref }) => ref),
        [late.ref]
      )
    })
  })

  test('the verdict is the same for everybody, without records that the reader may not see', async ({
    assert,
  }) => {
    await world.inside(async () => {
      const kept = { ...severe, title: 'Secret', sensitivity: 'project_leads' } as const
      const { id } = await RaidItem.raise(project, kept)
      const task = { assigneeId: manager.membershipId, priority: 'high', dueOn: yesterday } as const
      await Task.add(project, { title: 'Secret', ...task, raidItemId: id })
    }, manager)
    const answers = []
    for (const role of ['manager', 'team'] as const) {
      const viewer = await world.viewer(await world.person(role))
      for (const rule of ['severe_risks_answered', 'priority_tasks_on_time']) {
        const verdict = await world.inside(async () => {
          const seen = await Project.findVisible(viewer, project.id)
          return rules[rule].check({ project: seen, gate, viewer })
        })
        answers.push([verdict.isMet, verdict.total, verdict.hidden, verdict.offenders.length])
      }
    }
    const [shown, hidden] = [
      [false, 1, 0, 1],
      [false, 1, 1, 0],
    ]
    assert.deepEqual(answers, [shown, shown, hidden, hidden])
  })

  test('conditions_closed: met until an earlier gate was approved with a condition', async ({
    assert,
  }) => {
    const table = await Table.create()
    const review = await table.open({ chair: 'chair', one: 'decider' })
    const check = (at: Gate) =>
      table.world.inside(async () => {
        const place = { project: await table.present(), gate: at, viewer: null }
        return rules.conditions_closed.check(place)
      })
    assert.isTrue((await check(table.gates[1])).isMet)
    await table.propose(review, { text: 'Permit is granted' })
    await table.vote(review, 'one', 'approved')
    await table.decide(review, 'approved_with_conditions')
    const verdict = await check(table.gates[1])
    assert.isFalse(verdict.isMet)
    assert.equal(verdict.offenders[0].title, 'Permit is granted')
    assert.isTrue((await check(table.gate)).isMet, 'not on the gate that imposed it')
  })

  test('many offending records are counted, and the first ones named', async ({ assert }) => {
    await world.inside(async () => {
      for (let n = 0; n < 12; n++) await RaidItem.raise(project, { ...severe, title: `Flood ${n}` })
      const verdict = await rules.severe_risks_answered.check({ project, gate, viewer: null })
      assert.equal(verdict.total, 12)
      assert.lengthOf(verdict.offenders, 10)
    })
  })
})
