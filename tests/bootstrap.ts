import { assert } from '@japa/assert'
import { apiClient } from '@japa/api-client'
import { browserClient } from '@japa/browser-client'
import { spec } from '@japa/runner/reporters'
import app from '@adonisjs/core/services/app'
import type { Config } from '@japa/runner/types'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import { launchChromium } from '#tests/support/browser'
import { extendApiClient } from '#tests/support/client'
import { slowest } from '#tests/support/slowest_reporter'
import { tally } from '#tests/support/tally_reporter'
import { keepWithinDay } from '#tests/support/turn_of_the_day'
import testUtils from '@adonisjs/core/services/test_utils'

export const plugins: Config['plugins'] = [
  assert(),
  apiClient(),
  browserClient({ runInSuites: ['browser'], launcher: launchChromium }),
  pluginAdonisJS(app),
]

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
    suite.setup(() => testUtils.httpServer().start())
  }
}
