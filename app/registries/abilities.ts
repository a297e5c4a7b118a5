import { organisationRoles, projectRoles, type Ability } from '#policies/permissions'

/** What each ability allows, in the words of the page that shows owners who may do what. */
export const abilities: Record<Ability, string> = {
  'organisation.enter': 'Work in the organisation',
  'organisation.leave': 'Leave the organisation',
  'organisation.update': 'Change the organisation’s settings',
  'organisation.transfer': 'Hand over ownership',
  'governance.read': 'See how risks are scored and gates decided',
  'governance.manage': 'Change how risks are scored and gates decided',
  'permissions.read': 'See this table',
  'member.read': 'See members, their roles and invitations',
  'member.manage': 'Invite people, change their roles, deactivate them',
  'external.manage': 'Add and change external people',
  'project_member.read': 'See who has a role in a project',
  'project_member.manage': 'Give and take roles in a project',
  'project.create': 'Create a project',
  'project.read': 'Read a project',
  'project.update': 'Edit a project',
  'mail.read': 'See the mails that were sent',
  'raid.read': 'Read the RAID log',
  'raid.raise': 'Raise a RAID entry',
  'raid.update': 'Change any RAID entry',
  'raid.update.own': 'Change the RAID entries one raised or owns',
  'raid.accept': 'Accept a risk above appetite',
  'raid.comment': 'Comment on a RAID entry',
  'raid.import': 'Import a RAID log from a file',
  'raid.read.leads': 'Read RAID entries kept to project leads',
  'raid.export': 'Export the RAID log',
  'task.read': 'Read tasks',
  'task.create': 'Add a task',
  'task.update': 'Change any task, and give tasks to people outside',
  'task.update.own': 'Change the tasks one has or added',
  'task.move.own': 'Move the status of the tasks one has',
  'gate.board.set': 'Name who decides a gate, and by which rule',
  'gate.decide': 'Speak at a gate where one is named',
  'gate.submit': 'Prepare a gate, submit it, and take one’s own submission back',
  'gate.withdraw': 'Take anybody’s submission of a gate back',
  'gate.condition.claim': 'Claim that a condition one owns is met',
  'gate.condition.verify':
    'Verify conditions of gates that one chairs, send them back or waive them',
  'gate.condition.verify.any': 'Verify any condition, send it back, or give it to another owner',
  'audit.read': 'See a project’s history',
  'audit.read.organisation': 'See the organisation’s audit trail',
  'audit.export': 'Export an audit trail',
}

/** Every role that the table has a column for, those of the organisation first. */
export const roleColumns = { ...organisationRoles, ...projectRoles }
