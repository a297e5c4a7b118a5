import { test } from '@japa/runner'
import { browserFamily } from '#identity/browser_family'

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'

test.group('Family of a browser', () => {
  test('{family}')
    .with([
      {
        family: 'Firefox on Linux',
        agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
      },
      {
        family: 'Chrome on Windows',
        agent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36`,
      },
      {
        family: 'Edge on Windows',
        agent: `Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0`,
      },
      {
        family: 'Safari on macOS',
        agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15',
      },
      {
        family: 'Safari on iOS',
        agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1',
      },
      {
        family: 'Chrome on Android',
        agent: `Mozilla/5.0 (Linux; Android 15; SM-S931B) ${WEBKIT} Chrome/141.0 Mobile Safari/537.36`,
      },
      { family: 'Another browser', agent: 'curl/8.5.0' },
      { family: 'Another browser', agent: undefined },
      { family: 'Another browser', agent: '"><script>alert(1)</script>'.repeat(200) },
    ])
    .run(({ assert }, { family, agent }) => {
      assert.equal(browserFamily(agent), family)
    })
})
