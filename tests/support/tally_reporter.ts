import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { NamedReporterContract } from '@japa/runner/types'

type Failure = { suite: string; file: string; name: string; error: string }

/**
 * Writes the counts of a run, and which tests failed, to the file named by TALLY_FILE, for `npm test` to add its checks
 * to.
 */
export const tally: NamedReporterContract = {
  name: 'tally',
  handler(_runner, emitter) {
    const path = process.env.TALLY_FILE
    if (!path) return
    const counts = { passed: 0, skipped: 0 }
    const failures: Failure[] = []
    emitter.on('test:end', ({ hasError, isSkipped, isTodo, title, meta, errors }) => {
      if (isSkipped || isTodo) counts.skipped++
      else if (!hasError) counts.passed++
      else {
        const file = relative(process.cwd(), meta.fileName)
        const name = `${file}: ${title.expanded}`
        failures.push({ suite: meta.suite.name, file, name, error: told(errors[0]?.error) })
      }
    })
    emitter.on('runner:end', () => writeFileSync(path, JSON.stringify({ ...counts, failures })))
  },
}

/** What went wrong and where, without the libraries' frames. */
function told(error: unknown) {
  if (!(error instanceof Error)) return String(error)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const own = frames.filter((line) => !line.includes('node_modules') && !line.includes('node:'))
  return [error.message, ...own.slice(0, 4)].join('\n')
}
