import { test } from '@japa/runner'
import Comment from '#models/comment'
import { Log } from '#tests/support/raid_log'
import { casesOf, MANAGED } from '#tests/support/rights'
import { Walk } from '#tests/support/walk'

/** What must not reach a page: elements, attributes and schemes that run or fetch something. */
const DANGER =
  /<(script|img|iframe|svg|style|form|input|object|embed|base|meta|link|video|math)[\s>]|\son\w+=|(href|src)=["']?\s*(javascript|data|vbscript|file|\/\/)|style=/i

const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '![alt](https://evil.example/pixel.png)',
  '![x](x"onerror="alert(1))',
  '[link](javascript:alert(1))',
  '[link](JaVaScRiPt:alert(1))',
  '[link](java\tscript:alert(1))',
  '[link](&#106;avascript:alert(1))',
  '[link](data:text/html;base64,PHNjcmlwdD4=)',
  '[link](vbscript:msgbox)',
  '[link](file:///etc/passwd)',
  '[link](//evil.example)',
  '<javascript:alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<svg onload=alert(1)>',
  '<iframe src="https://evil.example"></iframe>',
  '<b onmouseover=alert(1)>x</b>',
  '<div style="position:fixed">x</div>',
  '[x]: javascript:alert(1)\n\n[x]',
  '> <script>alert(1)</script>\n> - <img src=x onerror=alert(1)>',
  '**<scr**ipt>alert(1)</scr**ipt>**',
  '```html\n<script>alert(1)</script>\n```',
  '`<img src=x onerror=alert(1)>`',
  '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
  '[a](https://ok.example "x\\" onclick=\\"alert(1)")',
  '</textarea><script>alert(1)</script>',
  '{{ 7 * 7 }} {{{ process.env }}}',
]

test.group('Comments', (group) => {
  let log: Log
  let manager: Walk
  group.each.setup(async ({ context }) => {
    log ??= await Log.create()
    manager = await Walk.begin(context.client, log.people.manager)
  })

  test('show the latest first when there are many, and all on demand', async ({ assert }) => {
    const item = await log.raise('risk')
    await log.world.inside(async () => {
      for (let number = 1; number <= 52; number++) {
        await Comment.add(item.refersTo(log.project), log.project, `Remark number ${number}.`)
      }
    }, log.people.manager)
    const page = await manager.open(log.urlOf(item))
    assert.include(page.text(), 'Remark number 52.')
    assert.include(page.text(), 'Remark number 3.')
    assert.notInclude(page.text(), 'Remark number 2.')
    const all = await manager.open(`${log.urlOf(item)}?comments=all`)
    assert.include(all.text(), 'Remark number 1.')
    assert.notInclude(all.text(), 'Show all comments')
  })

  test('are Markdown, and recorded once', async ({ assert }) => {
    const item = await log.raise('risk')
    const answer = await manager.submit(`${log.urlOf(item)}/comments`, {
      body: '**Bold** and [a link](https://example.test)',
    })
    answer.assertStatus(303)
    const [location, id] = answer.header('location')!.split('#comment-')
    const page = await manager.open(location)
    assert.include(page.text(), '<strong>Bold</strong>')
    assert.include(
      page.text(),
      '<a href="https://example.test" rel="nofollow noopener noreferrer">'
    )
    assert.include(page.text(), `id="comment-${id}"`)
    assert.deepEqual(
      (await log.events(id)).map(({ action }) => action),
      ['comment.created']
    )
  })

  test('carry nothing that runs or fetches: {$i}')
    .with(ATTACKS)
    .run(async ({ assert }, attack) => {
      const item = await log.raise('risk')
      const page = await manager.submitAndFollow(`${log.urlOf(item)}/comments`, { body: attack })
      const [, comment] = /class="comment__head">[^]*?class="prose">([^]*?)<\/article>/.exec(
        page.text()
      )!
      assert.notMatch(comment.replaceAll(/&lt;[^]*?&gt;/g, ''), DANGER)
      assert.notInclude(comment, '49')
    })

  test('and other texts of an entry carry nothing that runs or fetches', async ({ assert }) => {
    const attack = ATTACKS.join('\n\n')
    const line = '"><script>alert(1)</script>'
    const item = await log.raise('decision', {
      title: line,
      options: attack,
      rationale: attack,
      description: attack,
      ownerLabel: line,
      deciderLabel: line,
    })
    for (const path of [
      log.urlOf(item),
      `${log.url}?type=decision`,
      `${log.urlOf(item)}/edit`,
      `/raid?type=decision`,
    ]) {
      const page = await manager.open(path)
      page.assertStatus(200)
      assert.notInclude(page.text(), '<script>alert(1)')
      assert.notInclude(page.text(), '<img')
    }
  })

  test('need a text, within the limit', async ({ assert }) => {
    const item = await log.raise('risk')
    const before = await log.count('comments')
    for (const [body, message] of [
      ['', 'Enter a comment'],
      ['   ', 'Enter a comment'],
      ['x'.repeat(10_001), '10,000 characters'],
    ]) {
      await manager.open(log.urlOf(item))
      const page = await manager.submitAndFollow(`${log.urlOf(item)}/comments`, { body })
      assert.include(page.text(), message)
    }
    assert.equal(await log.count('comments'), before)
  })

  for (const { role, status, name } of casesOf({ ...MANAGED, team: 303, sponsor: 303 })) {
    test(name, async ({ assert, client }) => {
      const item = await log.raise('risk')
      const [comments, events] = [await log.count('comments'), await log.count('audit.events')]
      const walk = await Walk.begin(client, log.people[role])
      const answer = await walk.submit(`${log.urlOf(item)}/comments`, { body: 'Seen' })
      answer.assertStatus(status)
      const added = status === 303 ? 1 : 0
      assert.equal(await log.count('comments'), comments + added)
      assert.equal(await log.count('audit.events'), events + added)
    })
  }

  test('are refused on entries that the person may not see', async ({ client }) => {
    const secret = await log.raise('risk', { sensitivity: 'named_people' })
    const walk = await Walk.begin(client, log.people.team)
    const answer = await walk.submit(`${log.urlOf(secret)}/comments`, { body: 'Seen' })
    answer.assertStatus(404)
  })
})
