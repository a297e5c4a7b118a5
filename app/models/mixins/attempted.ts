import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import { type BaseModel, column } from '@adonisjs/lucid/orm'

/** After this many attempts the work is given up. */
const MOST_ATTEMPTS = 3

/** Another attempt has taken this one's place, or the outcome is no longer wanted. */
export class Superseded extends Error {}

/** The counters before the first attempt. */
export const UNATTEMPTED = { attempts: 0, partsDone: 0, parts: 0 }

/** Work that a worker may attempt a few times, reporting its progress. */
export function attempted<T extends NormalizeConstructor<typeof BaseModel>>(superclass: T) {
  class Attempted extends superclass {
    /** Each has a number, so that one thought dead cannot finish in the place of the next. */
    @column() declare attempts: number
    @column() declare partsDone: number
    @column() declare parts: number

    /** True while it is worth another attempt. */
    get mayTryAgain() {
      return this.attempts < MOST_ATTEMPTS
    }
  }
  return Attempted
}
