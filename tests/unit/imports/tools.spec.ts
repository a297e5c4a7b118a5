import { test } from '@japa/runner'
import { ImportError, planImport } from '#imports/index'
import { plainText } from '#imports/xml/html_text'
import { fixture } from '#tests/support/import_fixtures'
import { countsOf, fieldsOf, recordsOf } from '#tests/support/plans'

const planned = (name: string) => planImport(fixture(name), name)

const attributesOf = (name: string, id: string) =>
  recordsOf(planned(name)).find(({ sourceId }) => sourceId === id)!

function refusal(text: string, name = 'plan.xml') {
  try {
    planImport(Buffer.from(text), name)
  } catch (error) {
    return error instanceof ImportError ? error.code : error
  }
  return 'taken'
}

test.group('Imports | Microsoft Project', () => {
  test('tasks come with their outline, dates, progress and people', ({ assert }) => {
    const plan = planned('project.xml')
    assert.deepEqual(countsOf(plan), { task: 5 })
    assert.equal(plan.format, 'xml')
    const piles = attributesOf('project.xml', '2')
    assert.deepInclude(piles.attributes, {
      title: 'Drive the piles',
      startOn: '2026-03-02',
      dueOn: '2026-03-20',
      closedOn: '2026-03-19',
      status: 'done',
      priority: 'high',
      ownerLabel: 'Person Manager, Crane',
      description: 'Tide below 1.2 m only.\nAsk the harbour master.',
    })
    assert.equal(piles.parentSourceId, '1')
    assert.equal(attributesOf('project.xml', '1').attributes.status, 'in_progress')
  })

  test('a deadline is when a task is due; its scheduled end is kept', ({ assert }) => {
    const { attributes } = attributesOf('project.xml', '4')
    assert.equal(attributes.dueOn, '2026-05-29')
    assert.include(attributes.description as string, 'Scheduled end: 2026-05-15')
    assert.include(attributes.description as string, 'WBS code: DECK-1')
  })

  test('predecessors are found by their number; other kinds and lags are told', ({ assert }) => {
    const { notes, predecessors } = attributesOf('project.xml', '5')
    assert.deepEqual(predecessors, ['4', '2'])
    assert.include(notes.join(), '4SS+3d')
    assert.include(notes.join(), '2FS-1d')
  })

  test('the plan’s own summary and empty lines are no tasks, and said so', ({ assert }) => {
    const plan = planned('project.xml')
    assert.include(plan.warnings.join(), 'own summary row “Harbour” is not a task')
    assert.notInclude(JSON.stringify(plan.rows), '"sourceId":"3"')
  })

  test('a prefix for the namespace changes nothing', ({ assert }) => {
    const text = fixture('project.xml').toString()
    const prefixed = text.replace('xmlns=', 'xmlns:p=').replace(/<(\/?)(?=[A-Z])/g, '<$1p:')
    assert.deepEqual(
      planImport(Buffer.from(prefixed), 'project.xml').rows,
      planned('project.xml').rows
    )
  })
})

test.group('Imports | Jira', () => {
  test('issues of a CSV keep every repeated column', ({ assert }) => {
    const plan = planned('jira.csv')
    assert.deepEqual(countsOf(plan), { issue: 4 })
    const { attributes } = attributesOf('jira.csv', 'HRB-41')
    for (const kept of [
      '1.0',
      '1.1',
      'tide',
      'crane',
      'Moved by two days.',
      'Crew is told.',
      'Sprint 8',
    ]) {
      assert.include(attributes.description as string, kept)
    }
    assert.deepInclude(attributes, {
      raisedOn: '2026-03-02',
      dueOn: '2026-03-20',
      ownerLabel: 'Person Manager',
    })
  })

  test('issues of an XML export read like those of a CSV', ({ assert }) => {
    assert.deepEqual(countsOf(planned('jira.xml')), { issue: 2 })
    const { attributes } = attributesOf('jira.xml', 'HRB-41')
    assert.deepInclude(attributes, {
      title: 'Crane booking collides with the tide',
      status: 'in_progress',
      raisedOn: '2026-03-02',
      dueOn: '2026-03-20',
      ownerLabel: 'Person Manager',
    })
    const description = attributes.description as string
    assert.isTrue(
      description.startsWith('The crane is booked at low tide.\n\n- move the booking\n- tell R&D')
    )
    for (const kept of [
      'blocks HRB-42',
      'tides.pdf',
      'ines, 2026-03-11: Moved by two days.',
      'Custom field (Story Points): 5.0',
    ]) {
      assert.include(description, kept)
    }
    const done = attributesOf('jira.xml', 'HRB-42')
    assert.isUndefined(done.attributes.ownerLabel)
    assert.deepInclude(done.attributes, {
      status: 'closed',
      closedOn: '2026-03-10',
      resolution: 'Done',
    })
  })

  test('a search that was cut off is told', ({ assert }) => {
    const cut = fixture('jira.xml').toString().replace('total="2"', 'total="40"')
    assert.include(planImport(Buffer.from(cut), 'jira.xml').warnings.join(), '2 of the 40 issues')
  })

  test('what a piece of HTML says is left, its markup is not', ({ assert }) => {
    assert.equal(
      plainText('<p>One</p><p>two<br/>three &amp; &#x2014; &bogus;</p>'),
      'One\n\ntwo\nthree & — &bogus;'
    )
    assert.equal(plainText('<script>alert(1)</script><td onclick="x">1 &lt; 2</td>'), '1 < 2')
    assert.equal(plainText('a < b'), 'a < b')
  })
})

test.group('Imports | OpenProject and Redmine', () => {
  test('work packages of OpenProject become tasks with their parents', ({ assert }) => {
    assert.deepEqual(countsOf(planned('openproject.csv')), { task: 5 })
    const deck = attributesOf('openproject.csv', '120')
    assert.equal(deck.parentSourceId, '118')
    assert.deepInclude(deck.attributes, {
      status: 'blocked',
      startOn: '2026-03-21',
      dueOn: '2026-05-15',
      priority: 'high',
      ownerLabel: 'Somebody Else',
    })
    assert.equal(attributesOf('openproject.csv', '122').attributes.status, 'cancelled')
  })

  test('issues of Redmine become tasks with American dates', ({ assert }) => {
    const plan = planned('redmine.csv')
    assert.deepEqual(countsOf(plan), { task: 5 })
    assert.equal(fieldsOf(plan)['% Done'], 'progress')
    assert.deepInclude(attributesOf('redmine.csv', '4216').attributes, {
      status: 'done',
      closedOn: '2026-03-10',
      dueOn: '2026-02-28',
      priority: 'critical',
    })
    assert.equal(attributesOf('redmine.csv', '4215').attributes.status, 'blocked')
    assert.equal(attributesOf('redmine.csv', '4214').parentSourceId, '4213')
  })

  test('semicolons and the Western code page change nothing', ({ assert }) => {
    const text = fixture('openproject.csv')
      .toString()
      .replaceAll('","', '";"')
      .replace('deck', 'Brücke')
    const plan = planImport(Buffer.from(text, 'latin1'), 'openproject.csv')
    assert.deepEqual(countsOf(plan), { task: 5 })
    assert.include(JSON.stringify(plan.rows), 'Brücke')
  })
})

test.group('Imports | XML that is refused', () => {
  test('entities, doctypes and outside files, before anything is read', ({ assert }) => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><Project><Tasks><Task><UID>1</UID><Name>&b;</Name></Task></Tasks></Project>`
    const outside = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><summary>&x;</summary></item></channel></rss>`
    assert.equal(refusal(bomb), 'unsafe_xml')
    assert.equal(refusal(outside), 'unsafe_xml')
    const late = `<?xml version="1.0"?>${' '.repeat(11_000)}<!DOCTYPE r [<!ENTITY a "x">]><Project/>`
    assert.equal(refusal(late), 'unsafe_xml')
  })

  test('an entity that nobody declared, deep nesting and half a document', ({ assert }) => {
    assert.equal(
      refusal(
        '<?xml version="1.0"?><Project><Tasks><Task><Name>&boom;</Name></Task></Tasks></Project>'
      ),
      'damaged'
    )
    assert.equal(refusal(`<?xml version="1.0"?><Project>${'<Tasks>'.repeat(5_000)}`), 'unsafe_xml')
    assert.equal(refusal(fixture('project.xml').toString().slice(0, 3_000)), 'damaged')
  })

  test('other XML, a plan without tasks and a web page', ({ assert }) => {
    assert.equal(refusal('<?xml version="1.0"?><note/>'), 'xml')
    assert.equal(refusal('<?xml version="1.0"?><Project><Tasks/></Project>'), 'empty')
    assert.equal(refusal('<?xml version="1.0"?><!DOCTYPE html><html><body/></html>'), 'html')
  })
})
