import { Env } from '@adonisjs/core/env'
import type { Secret } from '@adonisjs/core/helpers'
import { SigningKey, verifyKeys } from '#audit/keys'
import { neededInProduction, refuseInProduction, type Rule } from '#config/setting_rules'
import { DataKey, readKeys } from '#encryption/data_key'

const SHORTEST_KEY = 32

/** A key that cannot be guessed. */
export function longSecret(): Rule<Secret<string>> {
  const secret = Env.schema.secret()
  return (key, value) => {
    const given = secret(key, value)
    const isShort = given.release().length < SHORTEST_KEY
    refuseInProduction(isShort, `${key} has at least ${SHORTEST_KEY} random characters`)
    return given
  }
}

/** Keys separated by commas or spaces. */
export function keysIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}

/** Earlier keys, which must not be guessable either. */
export function previousAppKeys(): Rule<Secret<string> | undefined> {
  const secret = Env.schema.secret.optional()
  return (key, value) => {
    const given = secret(key, value)
    const keys = keysIn(given?.release() ?? '')
    const isShort = keys.some(({ length }) => length < SHORTEST_KEY)
    refuseInProduction(isShort, `${key} has keys of at least ${SHORTEST_KEY} characters`)
    const isInUse = keys.includes(process.env.APP_KEY ?? '')
    refuseInProduction(isInUse, `${key} does not name APP_KEY once more`)
    return given
  }
}

/** The key that seals what the database must not reveal: 32 bytes, in production different from APP_KEY's. */
export function dataKey(): Rule<Secret<string>> {
  const secret = Env.schema.secret()
  return (key, value) => {
    const given = secret(key, value)
    explaining(key, () => new DataKey(given.release()))
    const isShared = given.release() === process.env.APP_KEY
    refuseInProduction(isShared, `${key} is another key than APP_KEY`)
    return given
  }
}

/** Keys that sealed earlier rows, without the current one. */
export function previousDataKeys(): Rule<Secret<string> | undefined> {
  const secret = Env.schema.secret.optional()
  return (key, value) => {
    const given = secret(key, value)
    const ids = explaining(key, () => readKeys(given?.release() ?? '').map(({ id }) => id))
    refuseInProduction(ids.includes(currentId()), `${key} does not name DATA_KEY once more`)
    return given
  }
}

/** The key that signs the seals of the audit trail. */
export function signingKey(): Rule<string | undefined> {
  const key = neededInProduction()
  return (name, value) => {
    const given = key(name, value)
    if (given && !isReadable(() => new SigningKey(given))) {
      throw new Error(`${name} is an Ed25519 private key in base64, as .env.example makes one`)
    }
    return given
  }
}

/** Public keys that signed earlier seals. */
export function publicKeys(): Rule<string | undefined> {
  const keys = Env.schema.string.optional()
  return (name, value) => {
    const given = keys(name, value)
    if (given && !isReadable(() => verifyKeys(given))) {
      throw new Error(`${name} has Ed25519 public keys in base64, as .env.example makes them`)
    }
    return given
  }
}

/** The name of the current key; one that cannot be read is reported by its own rule. */
function currentId() {
  const given = process.env.DATA_KEY ?? ''
  const [current] = isReadable(() => readKeys(given)) ? readKeys(given) : []
  return current?.id ?? ''
}

function isReadable(read: () => unknown) {
  try {
    read()
    return true
  } catch {
    return false
  }
}

function explaining<T>(key: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Error(`${key}: ${(error as Error).message}`)
  }
}
