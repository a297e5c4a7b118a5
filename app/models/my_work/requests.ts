import { inOffice } from '#models/my_work/office'
import { loadOf, type WorkItem, type WorkSource } from '#models/my_work/item'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = { id: string; title: string; requester: string | null; total: number }

/** The requests for projects that wait for an answer: for the PMO, or for owners when there is none. */
export const myRequests: WorkSource = async (viewer, _, most) => {
  const office = inOffice(viewer)
  if (!office) return { items: [], total: 0 }
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<Row>(
    trx,
    `select project_requests.id, project_requests.title, users.name as requester,
            count(*) over ()::integer as total
       from project_requests
       left join memberships on memberships.organisation_id = project_requests.organisation_id
        and memberships.id = project_requests.requested_by
       left join users on users.id = memberships.user_id
      where project_requests.organisation_id = ? and project_requests.state = 'requested'
        and ${office[0]}
      order by project_requests.id limit ?`,
    [organisationId, ...office[1], most]
  )
  return loadOf(rows, toItem)
}

function toItem({ id, title, requester }: Row): WorkItem {
  return {
    id,
    what: 'Project request',
    icon: 'project',
    ref: '',
    title,
    href: `/project-requests/${id}`,
    projectName: `asked by ${requester ?? 'a former member'}`,
    dueOn: null,
    isAsked: true,
  }
}
