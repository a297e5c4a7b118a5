import { verifyBundle } from '#audit/bundle'
import type { VerifyKeys } from '#audit/keys'
import {
  checkListed,
  notAsExported,
  type CheckedFile,
  type ExportedFiles,
} from '#audit/listed_files'
import { problemCodes, type Report } from '#audit/report'

type Event = { action: string; entity: string; facts: Record<string, any>; isSealed: boolean }

/** Folders that may contain only files named by the list. */
const SEALED_FOLDERS = ['pack', 'decisions', 'evidence']

const DECIDED = ['gate_decision.recorded', 'gate_decision.corrected']
const REDACTED = ['gate_pack.redacted', 'gate_decision.redacted']

/** Checks an exported gate pack against its seals, without a database or network. */
export class PackVerifier {
  files: CheckedFile[] = []
  readonly problems: string[] = []
  /** What the list says; nothing in it can be trusted before it is checked. */
  manifest!: Record<string, any>
  /** The pack's own manifest, as it was sealed. */
  pack!: Record<string, any>
  decisions: Record<string, any>[] = []
  /** Files from which an erased person was removed after sealing, according to the trail. */
  readonly redacted: string[] = []
  report!: Report
  /** False when no public keys were given. */
  areSignaturesChecked = false
  #source: ExportedFiles
  #events: Event[] = []
  #lastSealed = 0

  constructor(source: ExportedFiles) {
    this.#source = source
  }

  /** Without keys everything is checked but the signatures. */
  async verify(keys: VerifyKeys | null, anchors = new Map<string, string>()) {
    this.areSignaturesChecked = keys !== null
    this.manifest = await this.#list('manifest.json')
    this.pack = await this.#list('pack/manifest.json')
    await this.#checkFiles()
    await this.#checkTrail(keys, anchors)
    await this.#checkPack()
    await this.#checkEvidence()
    this.#checkSubmission()
    await this.#checkDecisions()
    return this
  }

  /** Events in the pack that no seal covers: anyone could have written them. */
  get unsealed() {
    return this.#events.filter(({ isSealed }) => !isSealed).length
  }

  /** Nothing contradicts it, and everything in it is sealed. */
  get isSealed() {
    return this.problems.length === 0 && this.unsealed === 0
  }

  /** Parts that were withheld from the person who exported it. */
  get withheld(): string[] {
    const sections: { name: string; file: string | null }[] = this.manifest.sections
    return sections.filter(({ file }) => file === null).map(({ name }) => name)
  }

  /** Every listed file is what the list says, and the sealed folders hold no others. */
  async #checkFiles() {
    this.files = await checkListed(this.#source, this.manifest.files)
    this.problems.push(...notAsExported(this.files))
    const listed = new Set(this.files.map(({ path }) => path))
    for (const path of await this.#source.paths()) {
      const isSealed = SEALED_FOLDERS.some((folder) => path.startsWith(`${folder}/`))
      if (isSealed && !listed.has(path)) this.#problem(`${path} does not belong to the pack`)
    }
  }

  /** The pack's own manifest matches the seal, and names the hash of each of its parts. */
  async #checkPack() {
    const { manifest, pack } = this
    if ((await this.#source.hash('pack/manifest.json')) !== manifest.pack_sha256) {
      this.#problem('The manifest of the pack does not have its seal')
    }
    for (const name of ['organisation', 'project', 'gate', 'review', 'round']) {
      if (pack[name] !== manifest[name]) {
        this.#problem(`The manifests differ in what they call ${name}`)
      }
    }
    const given = new Map<string, any>(manifest.sections.map((part: any) => [part.name, part]))
    for (const [name, sha256] of Object.entries<string>(pack.sections)) {
      await this.#checkPart(name, given.get(name), sha256)
    }
    for (const name of given.keys()) {
      if (!(name in pack.sections)) this.#problem(`The part ${name} was never submitted`)
    }
  }

  async #checkPart(name: string, part: any, sha256: string) {
    if (part?.sha256 !== sha256) this.#problem(`The hash of the part ${name} is not the sealed one`)
    const file: string | null = part?.file ?? null
    if (file) await this.#checkSealed(file, sha256, 'is not what was submitted')
  }

  /**
   * The file has the hash that was sealed, or one that redactions lead to: for each text from which an erased person
   * was removed, the trail gives the hash before and after. The later of two can have the lower transaction number.
   */
  async #checkSealed(file: string, sealed: string, otherwise: string) {
    const present = await this.#source.hash(file)
    const followers = new Map(this.#redactions.map(({ former, seal }) => [former, seal]))
    let hash = sealed
    for (let next = followers.get(hash); next; next = followers.get(hash)) {
      followers.delete(hash)
      hash = next
    }
    if (present === null) this.#problem(`${file} is missing`)
    else if (hash !== present) this.#problem(`${file} ${otherwise}`)
    else if (hash !== sealed) this.redacted.push(file)
  }

  get #redactions() {
    const sealed = this.#events.filter(
      ({ action, isSealed }) => isSealed && REDACTED.includes(action)
    )
    return sealed.map(({ facts }) => facts as { former: string; seal: string })
  }

  /** The files are those that the sealed criteria name. */
  async #checkEvidence() {
    const criteria = this.manifest.sections.find(({ name }: any) => name === 'criteria')?.file
    if (!criteria) {
      if ('criteria' in this.pack.sections) {
        this.#problem('The criteria, which name the evidence, are missing')
      }
      return
    }
    const { lists } = await this.#json(criteria)
    const given = new Map<string, any>(
      this.manifest.evidence.map((piece: any) => [piece.evidence, piece])
    )
    for (const { id, kind, name, sha256 } of lists.evidence) {
      if (kind !== 'file') continue
      const file = given.get(id)?.file
      if (!given.delete(id)) this.#problem(`The evidence ${name} is missing`)
      else if (file) await this.#checkSame(file, sha256)
    }
    for (const { name } of given.values()) {
      this.#problem(`The evidence ${name} was never submitted`)
    }
  }

  async #checkSame(file: string, sha256: string) {
    const present = await this.#source.hash(file)
    if (present === null) this.#problem(`${file} is missing`)
    else if (present !== sha256) this.#problem(`${file} is not what was submitted`)
  }

  /** Checks that the trail is whole, and keeps the events it shows. */
  async #checkTrail(keys: VerifyKeys | null, anchors: Map<string, string>) {
    this.report = await verifyBundle(this.#trail(), keys, { anchors })
    for (const { code, detail } of this.report.problems) {
      this.#problem(`In the audit trail, ${problemCodes[code]}: ${detail}`)
    }
    if (this.report.organisation !== this.manifest.organisation) {
      this.#problem('The audit trail is another organisation’s')
    }
  }

  async *#trail() {
    for await (const line of this.#source.lines('audit.ndjson')) {
      yield line
      if (line === '') continue
      const row = JSON.parse(line)
      if (row.kind === 'seal') this.#lastSealed = Number(row.to)
      if (row.kind === 'event') this.#events.push(eventOf(row, this.#lastSealed))
    }
  }

  #checkSubmission() {
    const { review, pack_sha256: seal } = this.manifest
    const event = this.#events.find(
      ({ action, entity }) => action === 'gate_review.submitted' && entity === review
    )
    if (!event) this.#problem('The audit trail does not show the submission')
    else if (event.facts.seal !== seal) {
      this.#problem('The audit trail carries another seal of the pack')
    }
  }

  /** Each decision has the hash in its event, and was made on this pack. */
  async #checkDecisions() {
    const shown = this.#events.filter(({ action }) => DECIDED.includes(action))
    const given = new Set<string>()
    for (const { decision, file } of this.manifest.decisions) {
      const event = shown.find(({ entity }) => entity === decision)
      await this.#checkDecision(file, event)
      given.add(decision)
    }
    for (const { entity } of shown) {
      if (!given.has(entity)) {
        this.#problem(`The audit trail shows a decision that is missing: ${entity}`)
      }
    }
  }

  async #checkDecision(file: string, event: Event | undefined) {
    if (!event) this.#problem(`The audit trail does not show the decision in ${file}`)
    else {
      await this.#checkSealed(file, event.facts.seal, 'is not what the audit trail carries')
    }
    const record = await this.#json(file).catch(() => ({}) as Record<string, any>)
    this.decisions.push(record)
    if ((await this.#source.hash(file)) === null) return this.#problem(`${file} is missing`)
    const { pack_sha256: seal, review } = this.manifest
    if (record.pack_sha256 !== seal || record.review !== review) {
      this.#problem(`${file} was not decided on this pack`)
    }
  }

  /** Without its lists nothing in a pack can be checked. */
  async #list(path: string) {
    return this.#json(path).catch(() => {
      throw new Error(`${path} is missing or cannot be read, so that nothing can be checked`)
    })
  }

  async #json(path: string): Promise<Record<string, any>> {
    return JSON.parse(await this.#source.text(path))
  }

  /** A problem found twice with one cause is reported once. */
  #problem(text: string) {
    if (!this.problems.includes(text)) this.problems.push(text)
  }
}

/** What an event says, read from the header that was hashed. */
function eventOf({ header, txid }: { header: string; txid: string }, lastSealed: number): Event {
  const { action, entity, facts } = JSON.parse(header)
  return { action, entity, facts, isSealed: Number(txid) <= lastSealed }
}
