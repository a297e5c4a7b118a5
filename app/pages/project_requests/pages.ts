import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import Project from '#models/project'
import ProjectRequest from '#models/project_request'
import { listRequests, readRequestState } from '#models/project_request/list'
import { placeIn } from '#models/lists/query_string'
import { historyOf } from '#pages/history'
import { exportsOf, neighbours } from '#pages/list_parts'
import { proseOf } from '#pages/prose'
import ProjectRequestPolicy from '#policies/project_request_policy'
import { requestStates } from '#registries/terms'

const PATH = '/project-requests'
const FORMER = 'A former member'

/** The state of `pages/project_requests/index`. */
export async function requestListState(viewer: Viewer, query: Record<string, unknown>) {
  const state = readRequestState(viewer, query)
  const page = await listRequests(viewer, placeIn(query), state)
  const names = await Membership.names(page.rows.map(({ requested_by: by }) => by))
  const link = (place: { before?: string; after?: string } = {}) => {
    const parameters = new URLSearchParams({ state: state ?? 'all', ...place })
    return `${PATH}?${parameters}`
  }
  return {
    requests: page.rows.map((row) => ({
      id: row.id,
      title: row.title,
      state: requestStates[row.state],
      requestedBy: row.requested_by ? (names.get(row.requested_by) ?? FORMER) : FORMER,
      wantedBy: row.wanted_by,
      createdAt: row.created_at,
    })),
    tabs: [
      { label: 'Waiting', href: `${PATH}?state=requested`, current: state === 'requested' },
      { label: 'All', href: `${PATH}?state=all`, current: state === null },
    ],
    isWaiting: state === 'requested',
    list: {
      exports: exportsOf(PATH, `?state=${state ?? 'all'}`),
      summary: `${page.rows.length} shown, newest first`,
      ...neighbours(page, link),
    },
    can: { answer: viewer.can('project.create') },
  }
}

/** The form of a new request; `full` says why none can be sent now, if so. */
export async function requestFormState(viewer: Viewer) {
  const [members, full] = await Promise.all([
    Membership.choices(),
    ProjectRequest.refusalOfMore(viewer.membershipId),
  ])
  return { record: {}, full, members: members.map(({ id, name }) => ({ value: id, label: name })) }
}

/** One request with its outcome. */
export async function requestState(viewer: Viewer, request: ProjectRequest) {
  const { requestedBy, sponsorId, answeredBy } = request
  const names = await Membership.names([requestedBy, sponsorId, answeredBy])
  const nameOf = (id: string | null) => id && (names.get(id) ?? FORMER)
  const prose = await proseOf([request.purpose, request.benefits], viewer)
  return {
    request: {
      ...request.$attributes,
      requestedBy: nameOf(requestedBy) ?? FORMER,
      sponsor: nameOf(sponsorId),
      answeredBy: nameOf(answeredBy),
      look: requestStates[request.state],
      isOpen: request.isOpen,
      purposeHtml: prose(request.purpose),
      benefitsHtml: prose(request.benefits),
    },
    became: await becameOf(viewer, request),
    history: viewer.can('audit.read')
      ? await historyOf({ entityType: 'project_request', entityId: request.id }, viewer, {
          limit: 20,
        })
      : null,
    can: {
      answer: request.isOpen && viewer.can('project.create'),
      withdraw: request.isOpen && new ProjectRequestPolicy().withdraw(viewer, request),
    },
  }
}

/** The project that it became, for people who may see it. */
async function becameOf(viewer: Viewer, { projectId }: ProjectRequest) {
  if (!projectId) return null
  const project = await Project.visibleTo(viewer).where('projects.id', projectId).first()
  return project && { href: `/projects/${project.id}`, code: project.code, name: project.name }
}

/** The initial values of a new project, from its request. */
export function projectOfRequest(request: ProjectRequest) {
  const { id, title, purpose, benefits, budget, sponsorId, wantedBy } = request
  const description = benefits ? `${purpose}\n\n${benefits}` : purpose
  return {
    requestId: id,
    /** No field of a project holds it: the person creating one has it in view. */
    roughCost: budget,
    record: {
      name: title,
      description,
      sponsorId,
      forecastEndOn: wantedBy,
      status: 'proposed',
    },
  }
}
