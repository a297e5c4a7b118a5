import { existsSync, readFileSync } from 'node:fs'

/**
 * Counts what passed and failed: each check is one, and each test of the suites is one. Failures are repeated at the
 * end, where they are found in a long output.
 */
export class Tally {
  #counts = { passed: 0, failed: 0, skipped: 0 }
  #failures = []
  #unsteady = []
  #print

  constructor(print = console.log) {
    this.#print = print
  }

  /** Counts a check and shows what a failed one printed. */
  check(name, { code, output }, seconds) {
    this.#print(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
    if (code === 0) {
      this.#counts.passed++
      return
    }
    this.#print(output)
    this.#fail({ name, error: output })
  }

  /** Adds the suites' own counts; a run that left none, or ran nothing, has failed. */
  suites(name, file, code) {
    const { counts, failures } = left(file)
    this.#counts.passed += counts.passed
    this.#counts.skipped += counts.skipped
    for (const failure of failures) this.#fail(failure)
    if (counts.passed + failures.length > 0 && (code === 0 || failures.length > 0)) return

    const error =
      counts.passed === 0 ? 'no test was run' : `the test runner ended with code ${code}`
    this.#print(`FAILED  ${error}`)
    this.#fail({ name, error })
  }

  /** The tests that failed so far, each with its suite, file, name and error. */
  get failedTests() {
    return this.#failures.filter(({ file }) => file)
  }

  /** Counts as passed what failed first and passed in a second run of its file, and says so at the end. */
  secondRun(suite, file) {
    const { counts, failures } = left(file)
    if (counts.passed + failures.length === 0) return

    const failedAgain = new Set(failures.map(({ name }) => name))
    const unsteady = this.#failures.filter(
      (failure) => failure.suite === suite && !failedAgain.has(failure.name)
    )
    this.#failures = this.#failures.filter((failure) => !unsteady.includes(failure))
    this.#unsteady.push(...unsteady)
    this.#counts.failed -= unsteady.length
    this.#counts.passed += unsteady.length
  }

  /** Prints what failed and the closing line, and returns the exit code. */
  close() {
    this.#unsteady.forEach((failure) => this.#print(told('UNSTEADY', failure)))
    this.#failures.forEach((failure) => this.#print(told('FAILED', failure)))
    const { passed, failed, skipped } = this.#counts
    this.#print(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
    return failed === 0 ? 0 : 1
  }

  #fail(failure) {
    this.#counts.failed++
    this.#failures.push(failure)
  }
}

function left(file) {
  if (!existsSync(file)) return { counts: { passed: 0, skipped: 0 }, failures: [] }
  const { failures, ...counts } = JSON.parse(readFileSync(file, 'utf8'))
  return { counts, failures }
}

function told(what, { name, error }) {
  return `${what}  ${name}\n${error.replace(/^/gm, '    ')}\n`
}
