import type { ApiClient } from '@japa/api-client'
import drive from '@adonisjs/drive/services/main'
import GateEvidence from '#models/gate_evidence'
import { discardStored, keyOf, storeBytes } from '#models/stored_file/files'
import { CriterionScene } from '#tests/support/criterion_scene'
import type { Person } from '#tests/support/world'

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe minutes\n%%EOF\n')

type Named = { id: string }

/** The evidence of a criterion, handed in through its page, and what becomes of its files. */
export class EvidenceScene {
  private constructor(
    readonly at: CriterionScene,
    readonly manager: Person
  ) {}

  static async create() {
    const at = await CriterionScene.create()
    return new EvidenceScene(at, await at.world.person('manager'))
  }

  get world() {
    return this.at.world
  }

  get page() {
    return this.at.page
  }

  urlOf({ id }: Named) {
    return `${this.page}/evidence/${id}`
  }

  standing() {
    return this.world.inside(() => GateEvidence.standing([this.at.criterion]).exec())
  }

  attach(client: ApiClient, bytes: Buffer, filename: string) {
    return client
      .post(`${this.page}/evidence`)
      .fields({ kind: 'file' })
      .file('file', bytes, { filename })
      .as(this.manager)
  }

  add(client: ApiClient, body: Record<string, unknown>, person = this.manager) {
    return client.post(`${this.page}/evidence`).form(body).as(person)
  }

  /** Evidence whose file waits for the store. */
  async minutes(client: ApiClient) {
    await this.attach(client, PDF, 'minutes.pdf')
    const [evidence] = await this.standing()
    return evidence
  }

  /** Moves its bytes to the store, as the job does. */
  store({ id }: Named) {
    return storeBytes('evidence', this.world.organisationId, id)
  }

  /** Deletes them there. */
  discard({ id }: Named) {
    return discardStored('evidence', this.world.organisationId, id)
  }

  keyOf({ id }: Named) {
    return keyOf('evidence', this.world.organisationId, id)
  }

  isStored(evidence: Named) {
    return drive.use().exists(this.keyOf(evidence))
  }
}
