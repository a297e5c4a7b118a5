import { existsSync, readFileSync } from 'node:fs'

/** Counts what passed and failed: each check is one, and each test of the suites is one. */
export class Tally {
  #passed = 0
  #failed = 0
  #skipped = 0

  /** Counts a check and shows what a failed one printed. */
  check(name, { code, output }, seconds) {
    if (code === 0) this.#passed++
    else this.#failed++
    console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
    if (code !== 0) console.log(output)
  }

  /** Adds the suites' own counts; a run that left none, or ran nothing, has failed. */
  suites(file, code) {
    const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
    const { passed = 0, failed = 0, skipped = 0 } = counts
    this.#passed += passed
    this.#failed += failed
    this.#skipped += skipped
    if (passed + failed > 0 && (code === 0 || failed > 0)) return

    this.#failed++
    console.log(
      passed + failed === 0
        ? 'FAILED  no test was run'
        : `FAILED  the test runner ended with code ${code}`
    )
  }

  /** Prints the closing line and returns the exit code. */
  close() {
    const skipped = this.#skipped ? `, ${this.#skipped} skipped` : ''
    console.log(`${this.#passed} passed, ${this.#failed} failed${skipped}`)
    return this.#failed === 0 ? 0 : 1
  }
}
