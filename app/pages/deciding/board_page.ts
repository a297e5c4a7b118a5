import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import { bars, seatRoles, type Bar } from '#models/deciding/enumerations'
import { unnamedBehind } from '#models/deciding/later_gates'
import { candidates, type Candidate } from '#models/deciding/naming'
import { boardProblems } from '#models/deciding/problems'
import { seatsOf, type Seat } from '#models/deciding/seats'
import { UNDER_REVIEW } from '#models/deciding/states'
import type Gate from '#models/gate'
import GateBoard from '#models/gate_board'
import { decisionRules } from '#models/gate_defaults'
import GateDelegation, { colleaguesOf } from '#models/gate_delegation'
import Membership from '#models/membership'
import type Project from '#models/project'
import { ruleHints } from '#registries/deciding_terms'
import { options } from '#registries/terms'

/** Who decides a gate, by which rule, and who stands in for whom. */
export async function gateBoardState(project: Project, gate: Gate, viewer: Viewer) {
  const parties = { submitterId: null, managerIds: [project.managerId] }
  const seats = await seatsOf(gate, parties)
  const known = await candidates(project)
  const delegations = await GateDelegation.standing(project)
  const names = await Membership.names([
    ...seats.flatMap(({ memberId, deputyId }) => [memberId, deputyId]),
    ...delegations.flatMap(({ deciderId, deputyId }) => [deciderId, deputyId]),
  ])
  const isBefore = UNDER_REVIEW.includes(gate.status)
  const manage = viewer.can('gate.board.set', project)
  const isWaiting = seats.length === 0 && !manage
  return {
    gate: { id: gate.id, ref: gate.ref, name: gate.name },
    board: boardState(await GateBoard.of(gate)),
    seats: seats.map((seat) => seatState(seat, names)),
    people: peopleState(known, seats, names),
    problems: await boardProblems(project, gate),
    rules: Object.entries(decisionRules).map(([value, label]) => ({
      value,
      label,
      hint: ruleHints[value as keyof typeof ruleHints],
    })),
    delegations: delegations.map((delegation) => ({
      ...delegationState(delegation, names, viewer),
      isIdle: !known.some(({ id, isManager }) => id === delegation.deputyId && !isManager),
    })),
    deputies: await deputiesFor(project, viewer, known),
    later: manage && !isBefore ? (await unnamedBehind(project, gate)).map(({ ref }) => ref) : [],
    isBefore,
    whoNames: isWaiting ? await whoNames() : null,
    can: {
      set: manage && !isBefore,
      manage,
      giveRoles: viewer.can('project_member.manage', project),
    },
  }
}

/** Whom to ask when there is no board yet: the PMO by name, since it is responsible. */
async function whoNames() {
  const office = await Membership.names(await Membership.holding('pmo'))
  const ask = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(office.values())
  const rule = 'Owners, admins and the PMO choose who decides a gate.'
  return ask ? `${rule} Ask ${ask}.` : rule
}

function boardState({ decisionRule, quorum, isPolled, lockVersion }: GateBoard) {
  return {
    decisionRule,
    quorum,
    isPolled,
    lockVersion,
    ruleLabel: decisionRules[decisionRule],
    ruleHint: ruleHints[decisionRule],
  }
}

function seatState({ memberId, role, required, deputyId, bar }: Seat, names: Map<string, string>) {
  return {
    name: names.get(memberId) ?? 'A former member',
    role: seatRoles[role],
    required,
    deputy: deputyId && names.get(deputyId),
    bar: bar && bars[bar],
  }
}

/** Everyone who can be named, and people who still have a seat although they no longer can. */
function peopleState(known: Candidate[], seats: Seat[], names: Map<string, string>) {
  const gone = seats.filter(({ memberId }) => !known.some(({ id }) => id === memberId))
  return [
    ...known.map(({ id, name, isSponsor, isManager }) => ({
      id,
      name,
      note: isManager ? bars.manager : isSponsor ? 'sponsor' : 'gate decider',
      ...chosen(seats, id, isManager),
    })),
    ...gone.map(({ memberId, bar }) => ({
      id: memberId,
      name: names.get(memberId) ?? 'A former member',
      note: bars[(bar ?? 'no_role') as Bar],
      ...chosen(seats, memberId, true),
    })),
  ]
}

function chosen(seats: Seat[], id: string, isBarred: boolean) {
  const seat = seats.find(({ memberId }) => memberId === id)
  const choices = isBarred ? [NONE] : [NONE, ...options(seatRoles)]
  return { isBarred, choices, role: seat?.role ?? 'none', required: seat?.required ?? false }
}

const NONE = { value: 'none', label: 'Not named' }

function delegationState(
  { id, deciderId, deputyId, fromOn, toOn }: GateDelegation,
  names: Map<string, string>,
  viewer: Viewer
) {
  return {
    id,
    fromOn,
    toOn,
    decider: names.get(deciderId) ?? 'A former member',
    deputy: names.get(deputyId) ?? 'A former member',
    isMine: deciderId === viewer.membershipId,
    isNow: fromOn <= today(),
  }
}

/** The people the viewer can name; null when the viewer has no seat to delegate. */
async function deputiesFor(project: Project, viewer: Viewer, known: Candidate[]) {
  if (!viewer.can('gate.decide', project)) return null
  const colleagues = await colleaguesOf(project, viewer.membershipId)
  if (!colleagues) return null
  return known
    .filter(({ id, isManager }) => !isManager && !colleagues.has(id))
    .map(({ id, name }) => ({ value: id, label: name }))
}
