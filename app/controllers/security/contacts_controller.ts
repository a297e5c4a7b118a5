import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import { securityContact } from '#config/privacy'
import { securityText } from '#registries/security_text'

export default class ContactsController {
  /** Where weaknesses are reported, as RFC 9116 has it. */
  show({ response }: HttpContext) {
    response.header('content-type', 'text/plain; charset=utf-8')
    return response.send(securityText({ contact: securityContact, origin: appUrl }))
  }
}
