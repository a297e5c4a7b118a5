import type { HttpContext } from '@adonisjs/core/http'
import Gate from '#models/gate'
import { ledgerState } from '#pages/conditions/ledger_page'

export default class LedgersController {
  /** The conditions of one gate, limited to one state if the address names it. */
  async show({ htmx, params, project, request }: HttpContext) {
    const gate = await Gate.findIn(project, params.gate_id)
    return htmx.page(
      'pages/gate_ledgers/show',
      await ledgerState(project, gate, request.qs().state)
    )
  }
}
