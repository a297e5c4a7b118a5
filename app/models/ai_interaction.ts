import { compose } from '@adonisjs/core/helpers'
import { BaseModel, beforeCreate, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import type { Viewer } from '#identity/viewer'
import type { Feature } from '#models/assistant/features'
import { idOrNone } from '#models/ids'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import type Project from '#models/project'
import { sealedColumn } from '#models/mixins/sealed_column'
import Tenancy from '#tenancy/tenancy'

type InteractionStatus = 'running' | 'answered' | 'aborted' | 'failed'

/** The person behind a word such as Person-K7QF2, by the id of their membership or record. */
export type PersonBehind = { member: string } | { external: string }

/** What was sent with the question: which records, what was left out, and the person behind each word. */
export type ContextManifest = {
  records: { ref: string; kind: string; id: string }[]
  /** The record that was asked about, if any. */
  about?: { ref: string; kind: string; id: string }
  withheld: { restricted: number; overflow: number }
  people: Record<string, PersonBehind>
}

/** Longer than any answer takes: one that started earlier has lost its server. */
const LOST_AFTER_MINUTES = 5

/**
 * One call of the assistant. The question and answer are stored encrypted until they expire, and belong to the asker
 * alone; tokens and cost belong to the organisation and stay.
 */
export default class AiInteraction extends compose(BaseModel, tenanted, audited) {
  static table = 'ai_interactions'

  static audit = {
    type: 'ai_interaction',
    project: (row: AiInteraction) => row.projectId,
    facts: (row: AiInteraction) => ({ kind: row.feature, status: row.status }),
    skip: [
      'projectId',
      'membershipId',
      'conversationId',
      'invocationId',
      'feature',
      'question',
      'prompt',
      'answer',
      'contextManifest',
      'model',
      'priceVersion',
      'inputTokens',
      'outputTokens',
      'cacheReadTokens',
      'cache5mTokens',
      'cache1hTokens',
      'isEstimated',
      'reservedMicros',
      'costMicros',
      'status',
      'failure',
      'askedAt',
      'settledAt',
    ],
  }

  @column() declare projectId: string
  @column() declare membershipId: string
  /** The first question of the conversation that this one continues; itself if it starts one. */
  @column() declare conversationId: string
  @column() declare invocationId: string
  @column() declare feature: Feature
  @column(sealedColumn('ai_interactions.question')) declare question: string | null
  /** The body as it was sent. */
  @column(sealedColumn('ai_interactions.prompt')) declare prompt: string | null
  /** As it arrived: with words in place of people. */
  @column(sealedColumn('ai_interactions.answer')) declare answer: string | null
  @column({ prepare: (value) => value && JSON.stringify(value) })
  declare contextManifest: ContextManifest | null

  @column() declare model: string
  @column() declare priceVersion: string
  @column() declare inputTokens: number
  @column() declare outputTokens: number
  @column() declare cacheReadTokens: number
  @column({ columnName: 'cache_5m_tokens' }) declare cache5mTokens: number
  @column({ columnName: 'cache_1h_tokens' }) declare cache1hTokens: number
  /** Whether we estimated the tokens of the answer, because it broke off before they were counted. */
  @column() declare isEstimated: boolean
  /** The most it could cost, held back from the budget until it is settled. */
  @column({ consume: Number }) declare reservedMicros: number
  @column({ consume: Number }) declare costMicros: number
  @column() declare status: InteractionStatus
  @column() declare failure: string | null
  @column.dateTime() declare askedAt: DateTime
  @column.dateTime() declare settledAt: DateTime | null

  @beforeCreate()
  static begin(row: AiInteraction) {
    row.id ??= uuidv7()
    row.conversationId ??= row.id
    row.membershipId ??= Tenancy.current().membershipId!
    row.status ??= 'running'
    row.askedAt ??= DateTime.utc()
  }

  /** This member's questions in a project. No one else reads them, whatever their role. */
  static ownIn(project: Project, viewer: Viewer) {
    return this.query().where({ project_id: project.id, membership_id: viewer.membershipId })
  }

  /** One of them by id. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
  static findOwn(project: Project, viewer: Viewer, id: string) {
    return this.ownIn(project, viewer).where('id', idOrNone(id)).firstOrFail()
  }

  /** The newest answered one of a kind, about one record if it has one. */
  static latestOwn(project: Project, viewer: Viewer, feature: Feature, about?: string) {
    const query = this.ownIn(project, viewer).where({ feature, status: 'answered' })
    if (about) query.whereRaw(`context_manifest->'about'->>'id' = ?`, [about])
    return query.orderBy('asked_at', 'desc').orderBy('id', 'desc').first()
  }

  /** The text of the answer, and whether it proposed anything as well. */
  get told(): { text: string; isProposing: boolean } {
    const { answer, feature } = this
    if (!answer || feature === 'ask') return { text: answer ?? '', isProposing: false }
    return parts(answer)
  }

  /** Whether no one will finish it any more. */
  get isLost() {
    const since = DateTime.utc().minus({ minutes: LOST_AFTER_MINUTES })
    return this.status === 'running' && this.askedAt < since
  }
}

/** An answer that uses tools is stored as JSON, any other as it arrived. */
function parts(answer: string) {
  try {
    const { text, tools } = JSON.parse(answer)
    if (Array.isArray(tools)) return { text: String(text ?? ''), isProposing: tools.length > 0 }
  } catch {
    // Not JSON, so plain text.
  }
  return { text: answer, isProposing: false }
}
