import { verifyBundle, type Head } from '#audit/bundle'
import type { VerifyKeys } from '#audit/keys'
import {
  checkListed,
  notAsExported,
  type CheckedFile,
  type ExportedFiles,
} from '#audit/listed_files'
import { problemCodes, type Report } from '#audit/report'

const LIST = 'manifest.json'
const TRAIL = 'audit.ndjson'

/** Checks an exported audit trail against its seals, with the list that came with it if there is one. */
export class TrailVerifier {
  files: CheckedFile[] = []
  readonly problems: string[] = []
  report!: Report
  /** What the bundle says about itself: when it was made, and what it leaves out. */
  head!: Head
  /** False when no public keys were given. */
  areSignaturesChecked = false
  /** How many seals noted earlier it was checked against. */
  anchored = 0
  #source: ExportedFiles

  constructor(source: ExportedFiles) {
    this.#source = source
  }

  /** Without keys everything is checked but the signatures. */
  async verify(keys: VerifyKeys | null, anchors = new Map<string, string>()) {
    this.areSignaturesChecked = keys !== null
    this.anchored = anchors.size
    this.report = await verifyBundle(this.#lines(), keys, { anchors })
    for (const { code, detail } of this.report.problems) {
      this.#problem(`${problemCodes[code]}: ${detail}`)
    }
    await this.#checkFiles()
    return this
  }

  async *#lines() {
    for await (const line of this.#source.lines(TRAIL)) {
      if (!this.head && line !== '') this.head = JSON.parse(line)
      yield line
    }
  }

  async #checkFiles() {
    if (!(await this.#source.paths()).includes(LIST)) return
    const list = JSON.parse(await this.#source.text(LIST))
    this.files = await checkListed(this.#source, list.files)
    this.problems.push(...notAsExported(this.files))
    if (list.organisation !== this.report.organisation) {
      this.#problem('The audit trail is another organisation’s')
    }
  }

  #problem(text: string) {
    this.problems.push(text)
  }
}
