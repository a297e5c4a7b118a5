import { test } from '@japa/runner'
import { controls } from '#models/import/controls'
import { Reimporting } from '#tests/support/reimports'

test.group('Importing again what another tool wrote', (group) => {
  let here: Reimporting

  group.each.setup(async () => {
    here = await Reimporting.begin()
  })

  test('finds again what another tool calls by its own reference', async ({ assert, client }) => {
    const header = 'Issue key,Issue type,Summary,Status,Priority,Description'
    const first = [
      header,
      'PROJ-1,Bug,Login fails,Open,High,Since Monday',
      'PROJ-2,Bug,Slow list,Open,Low,',
    ]
    const path = await here.upload(client, first.join('\n'), 'jira.csv')
    await here.execute(client, path)
    const [login, slow] = await here.itemsNow()

    const again = await here.upload(client, first.join('\n'), 'jira.csv')
    const same = await here.preview(client, again)
    assert.include(same, 'No records will be changed')

    await here.world.inside(
      () => slow.revise({ title: 'Renamed here' }, slow.lockVersion),
      here.person
    )
    const second = [
      'Summary,Issue key,Issue type,Status,Priority,Description',
      'Login fails,PROJ-1,Bug,In Progress,High,Since Tuesday',
      'Slow list again,PROJ-2,Bug,Open,Low,',
      'A new one,PROJ-3,Bug,Open,Low,',
    ]
    const later = await here.upload(client, second.join('\n'), 'later.csv')
    const page = await here.preview(client, later)
    assert.include(page, 'Import 1 entry and make 1 change')
    assert.include(page, 'One record was changed here')
    await here.confirm(client, later, page)
    const [now, renamed, added] = await here.itemsNow()
    assert.equal(now.status, 'in_progress')
    assert.match(now.description!, /^Since Tuesday\n\nIssue type: Bug\n\nImported from jira.csv/)
    assert.equal(renamed.title, 'Renamed here')
    assert.equal(added.title, 'A new one')

    await client.post(`${later}/reversal`).as(here.person)
    const back = await here.itemsNow()
    assert.lengthOf(back, 2)
    assert.deepEqual([back[0].status, back[0].description], [login.status, login.description])
    const once = await here.upload(client, second.join('\n'), 'later.csv')
    const third = await here.preview(client, once)
    assert.include(third, 'Import 1 entry and make 1 change')
  })

  test('takes a plain number for the same record only in files of one kind', async ({
    assert,
    client,
  }) => {
    const path = await here.upload(client, 'ID,Risk,Owner\n7,Crane late,Ann')
    await here.execute(client, path)
    const other = await here.upload(client, 'No,Risk,Status\n7,Yard floods,Open')
    const page = await here.preview(client, other)
    assert.include(page, '1 entry will be added')
    const same = await here.upload(client, 'ID,Risk,Owner\n7,Crane very late,Ann')
    const known = await here.preview(client, same)
    assert.include(known, '1 record will be changed')
    await client
      .put(same)
      .as(here.person)
      .form({ [controls.known]: 'add' })
    const added = await here.preview(client, same)
    assert.include(added, '1 entry will be added')
  })
})
