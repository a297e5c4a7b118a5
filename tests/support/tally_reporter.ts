import { writeFileSync } from 'node:fs'
import type { NamedReporterContract } from '@japa/runner/types'

/** Leaves the counts of a run in the file that TALLY_FILE names, for `npm test` to add its checks to. */
export const tally: NamedReporterContract = {
  name: 'tally',
  handler(_runner, emitter) {
    const file = process.env.TALLY_FILE
    if (!file) return
    const counts = { passed: 0, failed: 0, skipped: 0 }
    emitter.on('test:end', ({ hasError, isSkipped, isTodo }) => {
      counts[isSkipped || isTodo ? 'skipped' : hasError ? 'failed' : 'passed']++
    })
    emitter.on('runner:end', () => writeFileSync(file, JSON.stringify(counts)))
  },
}
