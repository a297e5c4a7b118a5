import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import { type BaseModel, column } from '@adonisjs/lucid/orm'

/** After so many attempts the work is given up. */
const MOST_ATTEMPTS = 3

/** Another attempt took this one's place, or nobody wants its outcome any more. */
export class Superseded extends Error {}

/** The counters before the first attempt. */
export const UNATTEMPTED = { attempts: 0, partsDone: 0, parts: 0 }

/** Work that a worker may attempt a few times, and that tells how far it is. */
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
