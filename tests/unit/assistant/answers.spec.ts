import { test } from '@japa/runner'
import { renderAnswer } from '#registries/answer_markdown'

const citations = new Map([['ATLAS-R12', '/projects/1/raid/2']])

test.group('Assistant: how an answer reads', () => {
  test('links the records it may link, wherever they are named', ({ assert }) => {
    const html = renderAnswer('**ATLAS-R12** is late (ATLAS-R12), ATLAS-R13 is not.', citations)
    assert.equal(html.match(/<a href="\/projects\/1\/raid\/2">ATLAS-R12<\/a>/g)?.length, 2)
    assert.notMatch(html, /<a[^>]*>ATLAS-R13/)
    assert.notMatch(renderAnswer('XATLAS-R12 ATLAS-R123 `ATLAS-R12`', citations), /<a/)
  })

  test('makes no other link and no request: {hostile}')
    .with(
      [
        '![x](https://evil.test/a.png)',
        '[x](https://evil.test)',
        '[x](//evil.test)',
        '[x](javascript:alert(1))',
        '<https://evil.test>',
        'https://evil.test',
        '[x][1]\n\n[1]: https://evil.test',
        '<img src=https://evil.test/a.png>',
        '<a href="https://evil.test">x</a>',
        '<script>alert(1)</script>',
        '<iframe src="https://evil.test"></iframe>',
        '<form action="https://evil.test" hx-get="https://evil.test"><button>x</button></form>',
        '<svg onload=alert(1)>',
        '[ATLAS-R12](https://evil.test)',
        '<a href="/projects/1/raid/2" hx-delete="/projects/1">x</a>',
        '<style>@import url(https://evil.test)</style>',
      ].map((hostile) => ({ hostile }))
    )
    .run(({ assert }, { hostile }) => {
      const html = renderAnswer(hostile, citations)
      assert.notMatch(html, /<(img|script|iframe|form|svg|style|button|link|object)/i)
      for (const [, href] of html.matchAll(/<a[^>]*href="([^"]*)"/g)) {
        assert.equal(href, '/projects/1/raid/2')
      }
      assert.notMatch(html, /<[^>]*(\shx-|\son\w+=|style=|src=)/i)
    })
})
