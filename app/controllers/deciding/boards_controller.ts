import type { HttpContext } from '@adonisjs/core/http'
import { validate as isUuid } from 'uuid'
import type { SeatRole } from '#models/deciding/enumerations'
import { nameBehind } from '#models/deciding/later_gates'
import type { NamedSeat } from '#models/deciding/naming'
import Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import { gateBoardState } from '#pages/deciding/board_page'
import { updateBoard } from '#validators/gate_board'

export default class BoardsController {
  async show({ htmx, params, project, viewer }: HttpContext) {
    const gate = await Gate.findIn(project, params.gate_id)
    return htmx.page('pages/gate_boards/show', await gateBoardState(project, gate, viewer))
  }

  /** Sets who decides, and by which rule, all at once. */
  async update({ params, project, request, response, session }: HttpContext) {
    const gate = await Gate.findIn(project, params.gate_id)
    const input = await request.validateUsing(updateBoard)
    await gate.holdRow()
    const board = await GateBoard.locked(gate, input.lock_version)
    const terms = {
      decisionRule: input.decision_rule,
      quorum: input.quorum,
      isPolled: input.is_polled ?? false,
    }
    const seats = seatsIn(input)
    await board.set(project, gate, terms, seats)
    const later = input.is_for_later ? await nameBehind(project, gate, terms, seats) : []
    session.flash('success', `The deciders of ${refsOf([gate, ...later])} were saved.`)
    return response.seeOther(`/projects/${project.id}/gates/${gate.id}`)
  }
}

function refsOf(gates: Gate[]) {
  return new Intl.ListFormat('en-GB').format(gates.map(({ ref }) => ref))
}

type SeatInput = { seats?: Record<string, SeatRole | 'none'>; required_ids?: string[] }

function seatsIn({ seats = {}, required_ids: required = [] }: SeatInput): NamedSeat[] {
  return Object.entries(seats).flatMap(([membershipId, role]) => {
    if (role === 'none' || !isUuid(membershipId)) return []
    return [{ membershipId, role, required: required.includes(membershipId) }]
  })
}
