import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import GateCriterion from '#models/gate_criterion'
import GateEvidence from '#models/gate_evidence'
import { giveConfidence as confide } from '#models/health/assuring'
import { declareRatings } from '#models/health/declaring'
import { readinessOf } from '#models/gate/readiness'
import Project from '#models/project'
import RaidItem from '#models/raid_item'
import { quietly } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { critical, severe } from '#tests/support/raid_log'
import { inDays } from '#tests/support/table'
import { World } from '#tests/support/world'

const [yesterday, today, tomorrow] = [-1, 0, 1].map(inDays)

test.group('Readiness', (group) => {
  let world: World
  let project: Project
  let start: Gate
  let go: Gate

  group.each.setup(async () => {
    world = await World.create()
    project = await world.project()
    const gates = await world.inside(() => Gate.of(project).exec())
    ;[start, go] = gates.map((gate) => gate.refersTo(project))
    await nameChair(start)
    await nameChair(go)
    await giveConfidence()
  })

  const look = (gate: Gate) => world.inside(() => readinessOf(project, gate))
  const giveConfidence = async () =>
    world.inside(
      () => confide(project, { rating: 'green', rationale: 'Well prepared' }),
      await world.person('auditor')
    )
  const keys = (items: { key: string }[]) => items.map(({ key }) => key.split(':')[0])

  test('a must-meet criterion blocks until it is met', async ({ assert }) => {
    const { blockers } = await look(start)
    assert.deepEqual(keys(blockers), ['unmet', 'unmet'])
    assert.equal(blockers[0].detail, 'Must be met; it is not assessed.')
    assert.match(blockers[0].fix.href, /\/gates\/.+\/criteria\/[\w-]+$/)
    for (const assessment of ['partly_met', 'not_met'] as const) {
      await assess(start, { assessment })
      assert.include(keys((await look(start)).blockers), 'unmet', assessment)
    }
  })

  test('a criterion that is met without its evidence blocks', async ({ assert }) => {
    await assess(start, { assessment: 'partly_met' })
    assert.include(keys((await look(start)).blockers), 'evidence')
    await quietly('update gate_criteria set evidence_required = true where gate_id = ?', [start.id])
    assert.notInclude(keys((await look(start)).warnings), 'unmet', 'what blocks is told once')
    await quietly(
      `update gate_criteria set evidence_required = false where gate_id = ? and weight = 'should_meet'`,
      [start.id]
    )
    await assess(start, { assessment: 'met' })
    const { blockers } = await look(start)
    assert.deepEqual(keys(blockers), ['evidence', 'evidence'])
    await world.inside(async () => {
      for (const { criterion } of (await readinessOf(project, start)).criteria) {
        await GateEvidence.create({
          projectId: project.id,
          criterionId: criterion.id,
          kind: 'link',
          name: 'Minutes',
          url: 'https://example.org/minutes',
        })
      }
    })
    assert.isEmpty((await look(start)).blockers)
  })

  test('removed evidence proves nothing', async ({ assert }) => {
    await assess(start, { assessment: 'met' })
    await world.inside(async () => {
      const [{ criterion }] = (await readinessOf(project, start)).criteria
      const evidence = await GateEvidence.create({
        projectId: project.id,
        criterionId: criterion.id,
        kind: 'link',
        name: 'Minutes',
        url: 'https://example.org/minutes',
      })
      await evidence.merge({ removedAt: DateTime.utc() }).save()
    })
    assert.deepEqual(keys((await look(start)).blockers), ['evidence', 'evidence'])
  })

  test('an undecided earlier gate blocks', async ({ assert }) => {
    const { blockers } = await look(go)
    const [earlier] = blockers.filter(({ key }) => key.startsWith('earlier'))
    assert.equal(earlier.title, `${project.code}-G1 Start is not decided yet`)
    assert.equal(earlier.fix.href, `/projects/${project.id}/gates/${start.id}`)
    await world.inside(async () => {
      const gate = await Gate.findIn(project, start.id)
      await gate.merge({ status: 'decided' }).save()
    })
    assert.notInclude(keys((await look(go)).blockers), 'earlier')
  })

  test('a rule that is not met blocks a must, with its records and their list', async ({
    assert,
  }) => {
    const met = await look(go)
    assert.notInclude(
      met.blockers.map(({ title }) => title),
      'Every severe risk has an owner and a response'
    )
    const risk = await world.inside(() => RaidItem.raise(project, { ...severe, title: 'Flood' }))
    const { blockers, warnings, criteria } = await look(go)
    const item = blockers.find(({ title }) => title.startsWith('Every severe risk'))!
    assert.equal(item.detail, '1 severe risk lacks an owner or a response')
    assert.deepInclude(item.offenders[0], { ref: risk.ref, why: 'no owner, no response' })
    assert.match(item.fix.href, /raid\?type=risk&nature=threat&band=severe&state=open$/)
    assert.notInclude(
      warnings.map(({ key }) => key),
      'flag:severe_risks_answered'
    )
    const [standing] = criteria.filter(
      ({ criterion }) => criterion.rule === 'severe_risks_answered'
    )
    assert.equal(standing.assessment, 'not_met')
    assert.equal(standing.criterion.assessment, 'not_assessed')
  })

  test('a gate that nobody is named to decide blocks', async ({ assert }) => {
    const [, , finish] = await world.inside(() => Gate.of(project).exec())
    const { blockers } = await look(finish.refersTo(project))
    const [item] = blockers.filter(({ key }) => key.startsWith('board'))
    assert.equal(item.title, 'This gate has no deciders')
    assert.equal(item.fix.href, `/projects/${project.id}/gates/${finish.id}/board`)
  })

  test('a should-meet criterion only warns', async ({ assert }) => {
    const { blockers, warnings } = await look(start)
    assert.lengthOf(blockers, 2)
    assert.deepEqual(keys(warnings), ['unmet', 'unmet', 'flag'])
    assert.equal(warnings[0].detail, 'Should be met; it is not assessed.')
  })

  test('what the product flags never blocks', async ({ assert }) => {
    await world.inside(async () => {
      await RaidItem.raise(project, { ...severe, title: 'Flood', nextReviewOn: yesterday })
      await RaidItem.raise(project, { ...critical, title: 'Leak' })
      await RaidItem.raise(project, { type: 'assumption', title: 'Dry', impactIfFalse: 5 })
    })
    await world.inside(async () => {
      const gate = await Gate.findIn(project, start.id)
      await gate.merge({ firstBaselineOn: today, baselineOn: today, forecastOn: tomorrow }).save()
      start = gate
    })
    const { blockers, warnings } = await look(start)
    assert.deepEqual(keys(blockers), ['unmet', 'unmet'])
    assert.deepEqual(
      warnings.filter(({ key }) => key.startsWith('flag')).map(({ title }) => title),
      [
        '1 severe risk lacks an owner or a response',
        '1 entry missed its review',
        '1 critical assumption is not validated',
        '1 critical issue is open',
        'No status report was published yet',
        'The gate slips one day against its baseline',
      ]
    )
    await world.inside(() => start.merge({ forecastOn: today }).save())
    assert.notInclude(
      (await look(start)).warnings.map(({ key }) => key),
      'flag:slip'
    )
  })

  test('a report is to be written by those who may; others are led to the reports', async ({
    assert,
  }) => {
    const fixFor = async (role: 'manager' | 'sponsor') => {
      const viewer = await world.viewer(await world.person(role))
      return world.inside(async () => {
        const seen = await Project.visibleTo(viewer).where('projects.id', project.id).firstOrFail()
        const { warnings } = await readinessOf(seen, start.refersTo(seen), viewer)
        return warnings.find(({ title }) => title.startsWith('No status report'))?.fix.label
      })
    }
    assert.equal(await fixFor('manager'), 'Start a report')
    assert.equal(await fixFor('sponsor'), 'Open reports')
  })

  test('a project that is greener outside than within is flagged, and one that nobody assured', async ({
    assert,
  }) => {
    const untouched = await world.project()
    const [first] = await world.inside(() => Gate.of(untouched).exec())
    const { warnings: unassured } = await world.inside(() =>
      readinessOf(untouched, first.refersTo(untouched))
    )
    const missing = unassured.find(({ title }) => title === 'Delivery confidence was not given yet')
    assert.deepEqual([missing?.more, missing?.offenders], [0, []], 'no record to be concealed')

    const { membershipId } = await world.person('manager')
    await world.inside(async () => {
      await RaidItem.raise(project, { ...severe, title: 'Flood', category: 'financial' })
      const differenceReason = 'It is insured'
      await declareRatings(
        project,
        { cost: { rating: 'green', differenceReason } },
        { by: membershipId }
      )
    })
    const { blockers, warnings } = await look(start)
    assert.deepEqual(keys(blockers), ['unmet', 'unmet'])
    const flag = warnings.find(({ key }) => key === 'flag:green_as_computed')!
    assert.equal(flag.title, '1 dimension is declared green and computes as red')
    assert.deepInclude(flag.offenders[0], { ref: 'Cost', title: 'It is insured' })
    assert.equal(flag.fix.href, `/projects/${project.id}/health`)
    assert.notInclude(keys(warnings), 'flag:confidence_given')
  })

  test('a criterion set aside by consent neither blocks nor warns', async ({ assert }) => {
    const { membershipId } = await world.person('sponsor')
    for (const waiverAs of ['waived', 'not_applicable'] as const) {
      await assess(start, {
        assessment: waiverAs,
        waiverAs,
        waiverState: 'consented',
        waiverReason: 'Small',
        waiverRequestedAt: DateTime.utc(),
        waiverAnsweredAt: DateTime.utc(),
        waiverAnsweredBy: membershipId,
      })
      const { blockers, warnings } = await look(start)
      assert.isEmpty(blockers)
      assert.deepEqual(keys(warnings), ['flag'], 'the report that every gate asks for')
    }
  })

  test('a request to set it aside still blocks', async ({ assert }) => {
    await assess(start, {
      waiverAs: 'waived',
      waiverState: 'requested',
      waiverReason: 'Small',
      waiverRequestedAt: DateTime.utc(),
    })
    const { blockers } = await look(start)
    assert.match(blockers[0].detail!, /waiting for the chair/)
  })

  test('takes as many queries for a full log as for an empty one', async ({ assert }) => {
    await look(go)
    const few = await countQueries(() => look(go))
    await world.inside(async () => {
      for (let n = 0; n < 15; n++) {
        await RaidItem.raise(project, { ...severe, title: 'Flood', nextReviewOn: yesterday })
        await RaidItem.raise(project, { ...critical, title: 'Leak', dueOn: yesterday })
      }
    })
    assert.equal(await countQueries(() => look(go)), few)
    assert.isAtMost(few, 19)
  })

  async function nameChair(gate: Gate) {
    const { membershipId } = await world.person('sponsor')
    await world.inside(async () => {
      const board = await GateBoard.of(gate)
      const terms = { decisionRule: 'sole_decider', quorum: 1, isPolled: false } as const
      await board.set(project, gate, terms, [{ membershipId, role: 'chair', required: true }])
    })
  }

  async function assess(gate: Gate, changes: Partial<GateCriterion>) {
    await world.inside(async () => {
      for (const criterion of await GateCriterion.of(gate)) {
        await criterion
          .refersTo(gate)
          .merge(changes as any)
          .save()
      }
    })
  }
})
