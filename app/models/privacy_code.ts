import { createHash, randomInt } from 'node:crypto'
import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { tenanted } from '#models/mixins/tenanted'

/** Without letters that could be read as digits. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 8
const MINUTES = 30
const MOST_ATTEMPTS = 5
const MOST_PER_HOUR = 3

/** Letters and digits that no one can guess, without those that are easily confused. */
export function randomText(length: number) {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** A code that was mailed to the address of a request, to prove that it is its owner's. Only its digest is stored. */
export default class PrivacyCode extends compose(BaseModel, tenanted) {
  static table = 'privacy_codes'

  @column() declare requestId: string
  @column() declare digest: Buffer
  @column() declare attempts: number
  @column.dateTime() declare expiresAt: DateTime
  @column.dateTime() declare usedAt: DateTime | null

  /** Makes a code, replacing earlier ones; null when too many were made within the hour. */
  static async issue(requestId: string): Promise<{ id: string; code: string } | null> {
    const lately = await this.query()
      .where('request_id', requestId)
      .where('created_at', '>', DateTime.utc().minus({ hours: 1 }).toJSDate())
    if (lately.length >= MOST_PER_HOUR) return null
    const code = randomText(LENGTH)
    const { id } = await this.create({
      requestId,
      digest: digestOf(requestId, code),
      attempts: 0,
      expiresAt: DateTime.utc().plus({ minutes: MINUTES }),
    })
    return { id, code }
  }

  /** Whether this is the newest code of the request and still valid; it is valid for one use and few attempts. */
  static async redeem(requestId: string, code: string): Promise<boolean> {
    const newest = await this.query()
      .where('request_id', requestId)
      .orderBy('id', 'desc')
      .forUpdate()
      .first()
    if (!newest || newest.usedAt || newest.attempts >= MOST_ATTEMPTS) return false
    if (newest.expiresAt < DateTime.utc()) return false
    newest.attempts += 1
    const isRight = newest.digest.equals(digestOf(requestId, code))
    if (isRight) newest.usedAt = DateTime.utc()
    await newest.save()
    return isRight
  }
}

function digestOf(requestId: string, code: string) {
  const plain = code.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  return createHash('sha256').update(`${requestId} ${plain}`).digest()
}
