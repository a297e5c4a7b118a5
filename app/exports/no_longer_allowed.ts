import { Exception } from '@adonisjs/core/exceptions'

/** The person who takes something out has lost the right to: it is checked again during the reading. */
export class NoLongerAllowed extends Exception {
  static status = 403

  constructor() {
    super('No longer allowed')
  }
}
