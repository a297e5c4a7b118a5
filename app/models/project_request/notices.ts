import { office } from '#models/membership/standing_in'
import { mentionOf } from '#models/text/mention'
import { notify, type NewNotification } from '#models/notification'
import type ProjectRequest from '#models/project_request'

/** Tells the people who may create projects that one is requested; owners when there is no PMO. */
export async function tellRequested(request: ProjectRequest) {
  const to = await office()
  await tell(request, {
    to: request.sponsorId ? [...to, request.sponsorId] : to,
    title: `${mentionOf(request.requestedBy!)} requested a project: ${request.title}`,
    detail: request.purpose,
    key: `project-requested:${request.id}`,
  })
}

/** Tells the requester the outcome, and the sponsor whom they suggested. */
export async function tellAnswered(request: ProjectRequest) {
  const how = request.state === 'approved' ? 'was created' : 'was declined'
  await tell(request, {
    to: [request.requestedBy, request.sponsorId].filter((id): id is string => id !== null),
    title: `The requested project ${how}: ${request.title}`,
    detail: request.answer,
    key: `project-request-answered:${request.id}`,
  })
}

type Told = Pick<NewNotification, 'to' | 'title' | 'detail' | 'key'>

/** Leads to the request, which leads on to the project for those who may see it: the requester might not. */
function tell({ id }: ProjectRequest, told: Told) {
  const path = `/project-requests/${id}`
  return notify({ kind: 'project_request', project: null, path, ...told })
}
