import { test } from '@japa/runner'
import {
  excerpt,
  mentionedIn,
  mentionOf,
  namesIn,
  withNames,
  writeMentions,
} from '#models/text/mention'
import { renderMarkdown } from '#registries/markdown'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { register, World } from '#tests/support/world'

async function rename({ userId }: { userId: string }, name: string) {
  await sql(admin(), 'update users set name = ? where id = ?', [name, userId])
}

async function setUp() {
  const world = await World.create()
  const project = await world.project({ visibility: 'members' })
  const [ana, longer, stranger] = [
    await world.person('team'),
    await world.person('viewer'),
    await world.person('stranger'),
  ]
  await rename(ana, 'Ana Ruiz')
  await rename(longer, 'Ana Ruiz Lopez')
  await rename(stranger, 'Sam Outside')
  const write = (text: string) => world.inside(() => writeMentions(text, project))
  return { world, project, ana, longer, stranger, write }
}

test.group('Mentions', () => {
  test('a typed name becomes a mention of whoever bears it', async ({ assert }) => {
    const { ana, longer, write } = await setUp()
    const [one, two] = [mentionOf(ana.membershipId), mentionOf(longer.membershipId)]
    for (const [typed, written] of [
      ['@Ana Ruiz', one],
      ['@ana ruiz, please', `${one}, please`],
      ['Ask @Ana  Ruiz.', `Ask ${one}.`],
      ['(@Ana Ruiz)', `(${one})`],
      ['@Ana Ruiz Lopez and @Ana Ruiz', `${two} and ${one}`],
      ['@Ana\nRuiz', one],
      [`Over to @${ana.email}`, `Over to ${one}`],
    ]) {
      assert.equal(await write(typed), written)
    }
  })

  test('letters that grow or vanish when they are made small still name somebody', async ({
    assert,
  }) => {
    const { ana, write } = await setUp()
    for (const name of [
      'İrem Çelik',
      'Işıl Ilgaz',
      'Jürgen Weiß',
      '\u039f\u03b4\u03c5\u03c3\u03c3\u03b5\u03cd\u03c2',
      'שרה כהן',
      'علی\u200cرضا',
      '王小明',
    ]) {
      await rename(ana, name)
      assert.equal(await write(`Ask @${name}.`), `Ask ${mentionOf(ana.membershipId)}.`, name)
    }
  })

  test('the beginning of a text without blanks is not lost with its last word', ({ assert }) => {
    const { length } = '吊车来得太晚'
    const text = `@Ana ${'吊车来得太晚'.repeat(60)}`
    const cut = excerpt(text, 300)
    assert.isAbove(cut.length, 300 - length)
    assert.isTrue(text.startsWith(cut.slice(0, -1)))
    assert.equal(excerpt('The crane arrives late', 12), 'The crane…')
    assert.equal(excerpt(`${'👩‍👩‍👧'.repeat(40)}`, 100), `${'👩‍👩‍👧'.repeat(12)}…`)
  })

  test('what only looks like one stays as it was typed', async ({ assert }) => {
    const { ana, write } = await setUp()
    for (const typed of [
      'Ana Ruiz',
      '@Ana',
      '@Ana Ruizmann',
      '@Ana Ruiz-Meyer',
      'mail@Ana Ruiz',
      '@@Ana Ruiz',
      'no at sign',
      ana.email,
    ]) {
      assert.equal(await write(typed), typed)
    }
  })

  test('whoever may not see the project cannot be mentioned in it', async ({ assert }) => {
    const { stranger, ana, write } = await setUp()
    assert.equal(await write('@Sam Outside'), '@Sam Outside')
    assert.equal(await write(mentionOf(stranger.membershipId)), '@someone unknown')
    assert.equal(await write(mentionOf(ana.membershipId)), mentionOf(ana.membershipId))
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [ana.membershipId])
    assert.equal(await write('@Ana Ruiz'), '@Ana Ruiz')
  })

  test('a name that two people bear stands for neither; their addresses still do', async ({
    assert,
  }) => {
    const { world, ana, write } = await setUp()
    const twin = await world.join(await register('twin'), 'pmo')
    await rename(twin, 'Ana Ruiz')
    assert.equal(await write('@Ana Ruiz'), '@Ana Ruiz')
    const written = await write(`@${ana.email} and @${twin.email}`)
    assert.deepEqual(mentionedIn(written), [ana.membershipId, twin.membershipId])
  })

  test('reads with the present name, and leaves none behind after an erasure', async ({
    assert,
  }) => {
    const { world, ana, write } = await setUp()
    const written = await write('Ask @Ana Ruiz')
    assert.notInclude(written, 'Ana')
    await rename(ana, 'Former member K7QF')
    const read = () => world.inside(async () => withNames(written, await namesIn([written])))
    assert.equal(await read(), 'Ask @Former member K7QF')
    const other = await World.create()
    const elsewhere = await other.inside(async () => withNames(written, await namesIn([written])))
    assert.equal(elsewhere, 'Ask @someone unknown')
  })

  test('is rendered with its name in Markdown, whatever the name holds', ({ assert }) => {
    const id = '01900000-0000-7000-8000-000000000000'
    const names = new Map([[id, 'Ana <b>_x_</b> & Co']])
    assert.equal(
      renderMarkdown(`**Ask** ${mentionOf(id)}, *${mentionOf(id)}*`, { names }),
      '<p><strong>Ask</strong> <span class="mention">@Ana &lt;b&gt;_x_&lt;/b&gt; &amp; Co</span>, ' +
        '<em><span class="mention">@Ana &lt;b&gt;_x_&lt;/b&gt; &amp; Co</span></em></p>\n'
    )
    assert.include(renderMarkdown(mentionOf(id))!, '@someone unknown')
    assert.include(renderMarkdown('@{member:1} <span class="mention">x</span>')!, '@{member:1}')
  })

  test('an excerpt is cut between words, and through no mention', ({ assert }) => {
    const token = mentionOf('01900000-0000-7000-8000-000000000000')
    assert.equal(excerpt('short', 10), 'short')
    assert.equal(excerpt('some words more', 12), 'some words…')
    assert.equal(excerpt(`Ask ${token} today`, 20), 'Ask…')
  })
})
