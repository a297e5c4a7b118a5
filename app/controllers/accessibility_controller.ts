import type { HttpContext } from '@adonisjs/core/http'
import { accessibilityContact, controller } from '#config/privacy'
import { ASSESSED_ON, PREPARED_ON, shortcomings } from '#registries/accessibility'

export default class AccessibilityController {
  show({ htmx }: HttpContext) {
    return htmx.page('pages/accessibility/show', {
      controller,
      contact: accessibilityContact,
      shortcomings,
      assessedOn: ASSESSED_ON,
      preparedOn: PREPARED_ON,
    })
  }
}
