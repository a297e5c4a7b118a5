import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { temporaryFolder } from '#tests/support/temporary_folder'

const SCRIPT = new URL('../../../bin/support/tally.mjs', import.meta.url).href

const PAGING = { suite: 'unit', file: 'paging.spec.ts', name: 'paging: ends', error: '3 is not 4' }
const SEALS = { suite: 'unit', file: 'seals.spec.ts', name: 'seals: are signed', error: 'no key' }

test.group('What npm test counts', () => {
  test('is each check and each test, and it ends well when none failed', async (context) => {
    const { tally, printed, ran } = await counting(context)
    tally.check('lint', { code: 0, output: '' }, '1.0')
    tally.suites('unit', ran({ passed: 7, skipped: 1 }), 0)
    context.assert.equal(tally.close(), 0)
    context.assert.equal(printed.at(-1), '8 passed, 0 failed, 1 skipped')
  })

  test('repeats every failure before its last line', async (context) => {
    const { tally, printed, ran } = await counting(context)
    tally.check('lint', { code: 1, output: 'unused name' }, '1.0')
    tally.suites('unit', ran({ passed: 7, failures: [PAGING] }), 1)
    printed.length = 0
    context.assert.equal(tally.close(), 1)
    context.assert.match(printed[0], /^FAILED {2}lint\n {4}unused name/)
    context.assert.match(printed[1], /^FAILED {2}paging: ends\n {4}3 is not 4/)
    context.assert.equal(printed.at(-1), '7 passed, 2 failed')
  })

  test('holds a run that broke off, or ran nothing, for a failure', async (context) => {
    const { tally, printed, ran } = await counting(context)
    tally.suites('unit', ran({ passed: 7 }), 1)
    tally.suites('browser', ran({}), 0)
    tally.suites('commands', join('nowhere', 'tally.json'), 0)
    context.assert.equal(tally.close(), 1)
    context.assert.equal(printed.at(-1), '7 passed, 3 failed')
  })

  test('is passed but unsteady when it passes in a second run', async (context) => {
    const { tally, printed, ran } = await counting(context)
    tally.suites('unit', ran({ passed: 7, failures: [PAGING, SEALS] }), 1)
    context.assert.deepEqual(tally.failedTests, [PAGING, SEALS])
    tally.secondRun('unit', ran({ passed: 1, failures: [SEALS] }))
    printed.length = 0
    context.assert.equal(tally.close(), 1)
    context.assert.match(printed[0], /^UNSTEADY {2}paging: ends\n {4}3 is not 4/)
    context.assert.match(printed[1], /^FAILED {2}seals: are signed/)
    context.assert.equal(printed.at(-1), '8 passed, 1 failed')
  })

  test('is not helped by a second run that broke off', async (context) => {
    const { tally, printed, ran } = await counting(context)
    tally.suites('unit', ran({ passed: 7, failures: [PAGING] }), 1)
    tally.secondRun('unit', ran({}))
    tally.secondRun('browser', ran({ passed: 1 }))
    context.assert.equal(tally.close(), 1)
    context.assert.equal(printed.at(-1), '7 passed, 1 failed')
  })
})

/** A tally, what it prints, and a way to leave it the outcome of a run. */
async function counting(context: TestContext) {
  const { Tally } = await import(SCRIPT)
  const printed: string[] = []
  const file = join(await temporaryFolder(context), 'tally.json')
  const ran = (outcome: { passed?: number; skipped?: number; failures?: object[] }) => {
    writeFileSync(file, JSON.stringify({ passed: 0, skipped: 0, failures: [], ...outcome }))
    return file
  }
  return { tally: new Tally((line: string) => printed.push(line)), printed, ran }
}
