import { test } from '@japa/runner'
import { countsOf, planCsv, planRows, recordsOf } from '#tests/support/plans'

const day = (v: number) => ({ v, style: 'date' as const })

test.group('Imports | which type a row is', () => {
  test('by a Type column in words or letters', ({ assert }) => {
    const words = planCsv(
      'Typ;Titel;Zuständig\nRisiko;a b;x\nAnnahme;c d;x\nOffener Punkt;e f;x\nAbhängigkeit;g h;x\nBeschluss;i j;x\nChance;k l;x\nMaßnahme;m n;x\n'
    )
    assert.deepEqual(countsOf(words), {
      risk: 2,
      assumption: 1,
      issue: 1,
      dependency: 1,
      decision: 1,
    })
    assert.equal(recordsOf(words)[5].attributes.nature, 'opportunity')
    const letters = planCsv('RAID,Ref,Summary\nR,1,a b\nA,2,c d\nI,3,e f\nD,4,g h\n')
    assert.deepEqual(countsOf(letters), { risk: 1, assumption: 1, issue: 1, dependency: 1 })
  })

  test('by the letters of its reference', ({ assert }) => {
    const plan = planCsv(
      'Ref,Statement,Owner\nA-01,Staff stay,HR\nA-02,Office open,FM\nD-01,Network ready,IT\n'
    )
    assert.deepEqual(countsOf(plan), { assumption: 2, dependency: 1 })
  })

  test('A and D are actions and decisions where the log says so', ({ assert }) => {
    const plan = planRows([
      ['Risks, Actions, Issues, Decisions'],
      ['ID', 'Type', 'Description'],
      [1, 'R', 'Vendor folds'],
      [2, 'A', 'Call vendor'],
      [3, 'D', 'Switch vendor'],
    ])
    assert.deepEqual(countsOf(plan), { risk: 1, decision: 1 })
  })

  test('of trackers: all issues, unless they track RAID types', ({ assert }) => {
    const bugs = planCsv(
      'Issue Type,Key,Summary,Status,Created\nBug,X-1,Crash,Done,12/Jan/24 3:04 PM\nTask,X-2,Clean,To Do,13/Jan/24 3:04 PM\nGenerated at Sat Mar 22,,,,\n'
    )
    assert.deepEqual(countsOf(bugs), { issue: 2 })
    const raid = planCsv(
      'Issue Type,Key,Summary,Status\nRisk,X-1,Late,To Do\nBug,X-2,Crash,Done\nStory,X-3,As a user,To Do\n'
    )
    assert.deepEqual(countsOf(raid), { risk: 1, issue: 1 })
  })

  test('plans hold tasks, in their order and below each other', ({ assert }) => {
    const plan = planRows([
      ['ID', 'Task', 'Duration', 'Predecessors', 'Start Date', 'End Date'],
      [1, 'Plan', 5, '', day(45000), day(45005)],
      [2, '  Draft', 2, '1fs', day(45000), day(45002)],
    ])
    assert.deepEqual(countsOf(plan), { task: 2 })
    assert.include(plan.tables[0].mapping.reason, 'tasks')
    const [whole, part] = recordsOf(plan)
    assert.deepEqual([whole.predecessors, whole.parentRow], [[], null])
    assert.deepEqual([part.predecessors, part.parentRow], [['1'], 2])
    assert.deepEqual(part.attributes, {
      title: 'Draft',
      description: 'Duration: 2',
      startOn: '2023-03-15',
      dueOn: '2023-03-17',
      status: 'todo',
    })
  })

  test('links between tasks are read however tools write them', ({ assert }) => {
    const links = ['2fs', '2FS+3d; 7', '3SS', '1.2, A-4', 'the survey', '4 EA']
    const plan = planRows([
      ['ID', 'Task name', 'Predecessors', '% complete'],
      ...links.map((link, at) => [at + 1, `Task ${at}`, link, at * 20]),
    ])
    const records = recordsOf(plan)
    assert.deepEqual(
      records.map(({ predecessors }) => predecessors),
      [['2'], ['2', '7'], ['3'], ['1.2', 'A-4'], [], ['4']]
    )
    assert.include(records[1].notes.join(), '“2FS+3d” is read as waiting for the end')
    assert.include(records[4].notes.join(), 'names no row')
    assert.deepEqual(
      records.map(({ attributes }) => attributes.status),
      ['todo', ...Array.from({ length: 4 }, () => 'in_progress'), 'done']
    )
  })
})
