import { relative } from 'node:path'
import type { NamedReporterContract } from '@japa/runner/types'
import { processorTime } from '#tests/support/processor_time'

type Cost = { name: string; computed: number; passed: number }

/**
 * With `SLOWEST=20` a run ends with the twenty files and the twenty tests for which this process computed the longest,
 * and their elapsed time. A group's set-up counts for its first test.
 */
export const slowest: NamedReporterContract = {
  name: 'slowest',
  handler(_runner, emitter) {
    const most = Number(process.env.SLOWEST ?? 0)
    if (most === 0) return
    const files = new Map<string, Cost>()
    const tests: Cost[] = []
    let computed = processorTime()
    emitter.on('test:end', ({ title, meta, duration }) => {
      const cost = { computed: computed(), passed: duration / 1000 }
      computed = processorTime()
      const file = relative(process.cwd(), meta.fileName)
      tests.push({ name: `${file}: ${title.expanded}`, ...cost })
      const sum = files.get(file) ?? { name: file, computed: 0, passed: 0 }
      sum.computed += cost.computed
      sum.passed += cost.passed
      files.set(file, sum)
    })
    emitter.on('runner:end', () => {
      print('files', [...files.values()], most)
      print('tests', tests, most)
    })
  },
}

function print(what: string, costs: Cost[], most: number) {
  console.log(`\nSlowest ${what} (seconds computed, seconds passed)`)
  for (const { name, computed, passed } of costs
    .toSorted((one, other) => other.computed - one.computed)
    .slice(0, most)) {
    console.log(`${computed.toFixed(1).padStart(7)} ${passed.toFixed(1).padStart(7)}  ${name}`)
  }
}
