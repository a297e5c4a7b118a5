import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { guard } from '#middleware/cookie_guard_middleware'

/** Answers one request through the guard: the cookies that arrived, or null if it was cut off, and what was thrown. */
async function answered(respond: (response: ServerResponse) => void, { strict = false } = {}) {
  let thrown: Error | null = null
  const server = createServer((_, response) => {
    guard(response, { strict })
    try {
      respond(response)
    } catch (error) {
      thrown = error as Error
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const cookies = await new Promise<string[] | null>((resolve) => {
    const call = request({ host: '127.0.0.1', port, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.headers['set-cookie'] ?? []))
    })
    call.on('error', () => resolve(null)).end()
  })
  server.close()
  return { cookies, thrown: thrown as Error | null }
}

const undeclared: Record<string, (response: ServerResponse) => void> = {
  'set on the response': (response) => {
    response.setHeader('set-cookie', 'tracker=1')
    response.end()
  },
  'among declared ones': (response) => {
    response.setHeader('set-cookie', ['orch_org=1; Path=/', 'tracker=1', 'orch_consent=2'])
    response.end()
  },
  'given to writeHead': (response) => {
    response.writeHead(200, { 'Set-Cookie': ['tracker=1'] }).end()
  },
  'given to writeHead with a reason': (response) => {
    response.writeHead(200, 'Fine', { 'SET-COOKIE': 'tracker=1' }).end()
  },
  'given to writeHead as a list': (response) => {
    response.writeHead(200, ['Set-Cookie', 'tracker=1', 'X-Other', 'a']).end()
  },
  'without a value': (response) => {
    response.setHeader('set-cookie', 'tracker; Path=/')
    response.end()
  },
  'of Clarity, when it is set rather than expired': (response) => {
    response.setHeader('set-cookie', '_clck=1; Max-Age=0600')
    response.end()
  },
  'that only looks expired': (response) => {
    response.setHeader('set-cookie', '_clck=max-age=0; Path=/')
    response.end()
  },
  'with a declared name in another case': (response) => {
    response.setHeader('set-cookie', 'APPSESSION=1')
    response.end()
  },
}

test.group('The cookie guard', () => {
  for (const [title, respond] of Object.entries(undeclared)) {
    test(`strips an undeclared cookie ${title}`, async ({ assert }) => {
      const { cookies } = await answered(respond)
      assert.notMatch(cookies!.join(), /tracker|_clck|APPSESSION/)
    })

    test(`throws in tests for an undeclared cookie ${title}, and cuts the answer off`, async ({
      assert,
    }) => {
      const { cookies, thrown } = await answered(respond, { strict: true })
      assert.isNull(cookies)
      assert.match(thrown!.message, /Undeclared cookie/)
    })
  }

  test('lets the declared ones among them through', async ({ assert }) => {
    const { cookies } = await answered(undeclared['among declared ones'])
    assert.deepEqual(cookies, ['orch_org=1; Path=/', 'orch_consent=2'])
  })

  test('lets declared cookies, other headers and expiries through', async ({ assert }) => {
    const { cookies, thrown } = await answered(
      (response) => {
        response.setHeader('set-cookie', ['appSession=a', '_clck=; Path=/; Max-Age=0'])
        response.writeHead(200, { 'Set-Cookie': 'orch_org=b', 'X-Other': 'c' }).end()
      },
      { strict: true }
    )
    assert.isNull(thrown)
    assert.deepEqual(cookies, ['appSession=a', '_clck=; Path=/; Max-Age=0', 'orch_org=b'])
  })
})
