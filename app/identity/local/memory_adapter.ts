import type { Adapter, AdapterPayload } from 'oidc-provider'

const entries = new Map<string, { payload: AdapterPayload; until: number }>()

/** Keeps what the local identity provider knows until the process ends. */
export class MemoryAdapter implements Adapter {
  constructor(private kind: string) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number) {
    entries.set(this.#key(id), { payload, until: Date.now() + expiresIn * 1000 })
  }

  async find(id: string) {
    const entry = entries.get(this.#key(id))
    if (!entry) return undefined
    if (entry.until > Date.now()) return entry.payload
    return this.destroy(id)
  }

  async findByUid(uid: string) {
    return this.#first((payload) => payload.uid === uid)
  }

  async findByUserCode(userCode: string) {
    return this.#first((payload) => payload.userCode === userCode)
  }

  async consume(id: string) {
    const payload = await this.find(id)
    if (payload) payload.consumed = Math.floor(Date.now() / 1000)
  }

  async destroy(id: string) {
    entries.delete(this.#key(id))
    return undefined
  }

  async revokeByGrantId(grantId: string) {
    for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key)
  }

  #key(id: string) {
    return `${this.kind}:${id}`
  }

  #first(wanted: (payload: AdapterPayload) => boolean) {
    for (const [key, { payload }] of entries) {
      if (key.startsWith(`${this.kind}:`) && wanted(payload)) return payload
    }
    return undefined
  }
}
