import { createServer, type RequestListener, type Server } from 'node:http'
import { registerHooks } from 'node:module'
import { assert } from '@japa/assert'
import { apiClient } from '@japa/api-client'
import { spec } from '@japa/runner/reporters'
import app from '@adonisjs/core/services/app'
import type { Config, PluginFn } from '@japa/runner/types'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import { extendApiClient } from '#tests/support/client'
import { slowest } from '#tests/support/slowest_reporter'
import { tally } from '#tests/support/tally_reporter'
import { keepWithinDay } from '#tests/support/turn_of_the_day'
import testUtils from '@adonisjs/core/services/test_utils'

export const plugins: Config['plugins'] = [assert(), apiClient(), browser, adonis]

export const reporters: Config['reporters'] = {
  activated: ['spec', tally.name, slowest.name],
  list: [spec(), tally, slowest],
}

extendApiClient()

export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [],
  teardown: [],
}

export const configureSuite: Config['configureSuite'] = (suite) => {
  keepWithinDay(suite)
  if (['browser', 'erasure', 'functional', 'commands'].includes(suite.name)) {
    suite.setup(serve)
  }
}

/** What a test that ran out of time had under way is cut off: its connections would keep the process for ever. */
async function serve() {
  let server: Server
  const close = await testUtils.httpServer().start((answer) => (server = listener(answer)))
  return () => {
    const closed = close()
    server.closeAllConnections()
    return closed
  }
}

/** Leaves the end of a connection to the client, which would lose a request to one that ends just then. */
function listener(answer: RequestListener) {
  return createServer({ keepAliveTimeout: 0 }, answer)
}

/** Loaded for its own suite alone: that takes longer than many a file of tests. */
async function browser(japa: Parameters<PluginFn>[0]) {
  if (!needsBrowser(japa)) return
  const [{ browserClient }, { launchChromium }] = await Promise.all([
    import('@japa/browser-client'),
    import('#tests/support/browser'),
  ])
  await browserClient({ runInSuites: ['browser'], launcher: launchChromium })(japa)
}

/** Loads the browser's client wherever there is one, and goes without where there is none. */
async function adonis(japa: Parameters<PluginFn>[0]) {
  const hidden = needsBrowser(japa) ? [] : ['@japa/browser-client', 'playwright']
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (hidden.includes(specifier)) throw new Error(`${specifier} is not needed here`)
      return next(specifier, context)
    },
  })
  await pluginAdonisJS(app)(japa)
  hooks.deregister()
}

function needsBrowser({ cliArgs }: Parameters<PluginFn>[0]) {
  const suites = cliArgs._ ?? []
  return suites.length === 0 || suites.includes('browser')
}
