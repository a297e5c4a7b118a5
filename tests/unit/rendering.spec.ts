import { test } from '@japa/runner'
import { Edge, edgeGlobals } from 'edge.js'
import { escaped, installPageRenderer } from '#pages/page_renderer'
import { installIsolation } from '#pages/isolation'
import { installLeanOutput } from '#pages/lean_output'
import { installPlainLoops } from '#pages/plain_loops'

/** An Edge like ours, with these templates and nothing else. */
function edgeWith(templates: Record<string, string>) {
  const edge = Edge.create()
  installPageRenderer(edge)
  for (const [name, template] of Object.entries(templates))
    edge.registerTemplate(name, { template })
  return edge
}

test.group('What a page prints', () => {
  for (const value of [
    'plain words',
    `<b title="it's">a & b \`c\`</b>`,
    '&amp;',
    '',
    7,
    -0.5,
    null,
    undefined,
    true,
    ['<i>', 'b'],
    edgeGlobals.html.safe('<i>kept</i>'),
  ]) {
    test(`is escaped as Edge does it: ${String(value)}`, ({ assert }) => {
      assert.equal(escaped(value), edgeGlobals.html.escape(value))
    })
  }

  test('is escaped in a template', async ({ assert }) => {
    const edge = edgeWith({ page: '{{ given }}{{{ given }}}' })
    assert.equal(await edge.render('page', { given: '<i>' }), '&lt;i&gt;<i>')
  })
})

test.group('What a request shares with its templates', () => {
  const templates = {
    page: `{{ who.name }}\n@!component('part')`,
    part: '{{ who.name }}{{ more }}',
  }

  test('reaches components too, as it is, and the last word counts', async ({ assert }) => {
    const view = edgeWith(templates).createRenderer()
    const who = { name: 'A' }
    view.share({ who: { name: 'Z', other: 1 } }).share({ who, more: '!' })
    assert.strictEqual((view.getState() as any).who, who)
    assert.equal(await view.render('page'), 'AA!')
    assert.equal(view.renderSync('part'), 'A!')
  })

  test('reaches no other request', async ({ assert }) => {
    const edge = edgeWith(templates)
    edge.createRenderer().share({ who: { name: 'A' } })
    const other = edge.createRenderer().share({ who: { name: 'B' }, more: '.' })
    other.clone().share({ who: { name: 'C' } })
    assert.equal(await other.render('page'), 'BB.')
  })
})

test.group('A loop', () => {
  const templates = {
    part: '<{{ text }}>',
    plain: `@each((row, at) in rows)\n{{ at }}{{ row }}\n@each(cell in row.split(''))\n.{{ cell }}\n@end\n@else\nnone\n@end`,
    waiting: `@each(row in rows)\n{{ await told(row) }}\n@end`,
    list: `@each(row in await told(rows))\n{{ row }}\n@end`,
    components: `@each(row in rows)\n@if(row)\n@!component('part', { text: row })\n@end\n@end`,
  }
  const told = (given: unknown) => new Promise((resolve) => setTimeout(resolve, 1, given))
  const state = { rows: ['ab', 'c'], told }

  for (const name of ['plain', 'waiting', 'list', 'components']) {
    test(`gives the same when it runs synchronously where possible: ${name}`, async ({
      assert,
    }) => {
      const usual = edgeWith(templates)
      const before = await usual.render(name, state)
      const edge = edgeWith(templates)
      installPlainLoops(edge)
      assert.equal(await edge.render(name, state), before)
      assert.equal(
        await edge.render(name, { ...state, rows: [] }),
        await usual.render(name, { ...state, rows: [] })
      )
    })
  }

  test('waits for nothing where it holds plain cells only', ({ assert }) => {
    const edge = edgeWith(templates)
    installPlainLoops(edge)
    edge.createRenderer()
    const compiled = (name: string) => String(edge.asyncCompiler.compile(name))
    assert.notInclude(compiled('plain'), 'loopAsync')
    for (const name of ['waiting', 'list', 'components'])
      assert.include(compiled(name), 'loopAsync')
  })
})

test.group('What a template prints', () => {
  const templates = {
    'page': `\n  <p>{{ text }}</p>\n\n    <b>{{ text }}</b>\n@if(text)\n    <i title="a\\n \\\\n  b">x</i>\n@end\n`,
    'typed': `<div>\n  <pre>\n    {{ text }}\n  </pre>\n</div>`,
    'emails/mail': `One\n  two {{ text }}\n    three\n`,
  }
  const compact = (html: string) => html.trim().replace(/\s*\n\s*/g, '\n')

  test('is the same without the indentation', async ({ assert }) => {
    const usual = edgeWith(templates)
    const edge = edgeWith(templates)
    installLeanOutput(edge)
    const state = { text: 'a\n   b' }
    const [before, after] = await Promise.all([usual, edge].map((one) => one.render('page', state)))
    assert.include(before, '\n    <b>')
    assert.equal(compact(after), compact(before))
    assert.include(after, '<p>a\n   b</p>\n<b>')
    for (const kept of ['typed', 'emails/mail'])
      assert.equal(await edge.render(kept, state), await usual.render(kept, state))
  })

  test('is put together from as few pieces as there are values between', ({ assert }) => {
    const edge = edgeWith(templates)
    installLeanOutput(edge)
    edge.createRenderer()
    const pieces = String(edge.asyncCompiler.compile('page')).match(/^out \+= "/gm)
    assert.lengthOf(pieces!, 5)
  })
})

test.group('What a component is given', () => {
  test('is passed as Edge passes it, even if some is missing', async ({ assert }) => {
    const templates = {
      page: `@!component('part', { 'a': 1, 'b': null, 'c-d': 'x', 'e': undefined })`,
      part: `{{ Object.keys($props.except(['a', 'z']).all()).join() }} {{ $props.get('a') }} {{ $props.has('b') }} {{ a }}`,
    }
    assert.equal(await edgeWith(templates).render('page'), 'b,c-d,e 1 true 1')
  })
})

test.group('What is written from right to left', () => {
  const NAME = 'שרה'
  const TOLD = `<bdi dir="rtl">${NAME}</bdi>`

  function rendered(template: string, name = 'page') {
    const edge = edgeWith({ [name]: template })
    installIsolation(edge)
    installLeanOutput(edge)
    return edge.render(name, {
      name: NAME,
      safe: edgeGlobals.html.safe(`<b>${NAME}</b>`),
      is: true,
    })
  }

  test('is isolated from what is around it', async ({ assert }) => {
    assert.equal(await rendered('<p>{{ name }}, 12 days</p>'), `<p>${TOLD}, 12 days</p>`)
    assert.equal(
      await rendered('<p class="a > b">\n@if(is)\n{{ name }}\n@end\n</p>'),
      `<p class="a > b">\n${TOLD}\n</p>`
    )
  })

  test('stays as it is in attributes, in what holds text alone, and in plain text', async ({
    assert,
  }) => {
    for (const around of [
      '<input value="{{ name }}">',
      `<a title='{{ name }}' {{ name }}>x</a>`,
      '<textarea>{{ name }}</textarea>',
      '<option value="1">{{ name }}</option>',
      '<title>{{ name }}</title>',
      '<svg><text>{{ name }}<tspan>a</tspan>{{ name }}</text></svg>',
      '<i>{{ safe }}</i>',
    ]) {
      const [plain, safe] = [NAME, `<b>${NAME}</b>`]
      const expected = around.replaceAll('{{ name }}', plain).replaceAll('{{ safe }}', safe)
      assert.equal(await rendered(around), expected)
    }
    assert.equal(await rendered('Dear {{ name }}', 'emails/letter.text'), `Dear ${NAME}`)
  })

  test('is the only text that is isolated', async ({ assert }) => {
    const edge = edgeWith({ page: '<p>{{ name }}</p>' })
    installIsolation(edge)
    assert.equal(
      await edge.render('page', { name: `O'Neill & 李` }),
      '<p>O&#x27;Neill &amp; 李</p>'
    )
  })
})
