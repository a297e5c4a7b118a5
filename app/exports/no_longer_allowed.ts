import { Exception } from '@adonisjs/core/exceptions'

/** Whoever takes something out may not any more: the right is asked for again while it is being read. */
export class NoLongerAllowed extends Exception {
  static status = 403

  constructor() {
    super('No longer allowed')
  }
}
