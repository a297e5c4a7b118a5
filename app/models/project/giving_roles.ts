import { notifyAll, type NewNotification } from '#models/notification'
import type Project from '#models/project'
import ProjectMember, { type GrantableRole } from '#models/project_member'
import { mentionOf } from '#models/text/mention'
import type { ProjectRole } from '#policies/permissions'
import Tenancy from '#tenancy/tenancy'

const NAMES: Record<ProjectRole, string> = {
  manager: 'the project manager',
  sponsor: 'the sponsor',
  gate_decider: 'a gate decider',
  team: 'a team member',
  viewer: 'a viewer',
}

/** Gives a member a role in a project, and tells them. */
export async function giveRole(project: Project, membershipId: string, role: GrantableRole) {
  const { id } = await ProjectMember.grant(project, membershipId, role)
  await notifyAll([noticeFor(project, membershipId, role, id)])
}

/**
 * Tells those whom the last save made manager or sponsor, once the returned function is called after it. Roles that
 * nobody gives, as in projects of a demo, are no news.
 */
export function tellLeads(project: Project) {
  const { managerId, sponsorId } = project.$dirty
  return async () => {
    if (Tenancy.current().actorKind === 'system') return
    const occasion = `${project.id}:${project.lockVersion}`
    const leads = [
      managerId && noticeFor(project, managerId, 'manager', occasion),
      sponsorId && noticeFor(project, sponsorId, 'sponsor', occasion),
    ]
    await notifyAll(leads.filter(Boolean))
  }
}

function noticeFor(
  project: Project,
  membershipId: string,
  role: ProjectRole,
  occasion: string
): NewNotification {
  const giver = Tenancy.current().membershipId
  return {
    kind: 'project_role',
    to: [membershipId],
    project,
    path: `/projects/${project.id}`,
    title: `You are now ${NAMES[role]} of ${project.code}`,
    detail: giver ? `${mentionOf(giver)} gave you this role in ${project.name}.` : null,
    key: `role-given:${role}:${occasion}`,
  }
}
