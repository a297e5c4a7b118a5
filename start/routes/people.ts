import router from '#start/router'

const Members = () => import('#controllers/people/members_controller')
const Roles = () => import('#controllers/people/roles_controller')
const Deactivations = () => import('#controllers/people/deactivations_controller')
const Ownerships = () => import('#controllers/people/ownerships_controller')
const Invitations = () => import('#controllers/people/invitations_controller')
const Joins = () => import('#controllers/people/joins_controller')
const Departures = () => import('#controllers/people/departures_controller')
const ProjectMembers = () => import('#controllers/people/project_members_controller')
const Handovers = () => import('#controllers/people/handovers_controller')
const Permissions = () => import('#controllers/people/permissions_controller')

router.get('/members', [Members, 'index']).as('members.index').readsReplica().can('member.read')
router.get('/members/:id', [Members, 'show']).as('members.show').can('member.read')
router
  .put('/members/:id/role', [Roles, 'update'])
  .as('members.roles.update')
  .can('member.manage')
  .audits('membership.role_changed')
router
  .post('/members/:id/deactivation', [Deactivations, 'store'])
  .as('members.deactivations.store')
  .can('member.manage')
  .audits('membership.deactivated')
router
  .delete('/members/:id/deactivation', [Deactivations, 'destroy'])
  .as('members.deactivations.destroy')
  .can('member.manage')
  .audits('membership.reactivated')
router
  .post('/members/:id/ownership', [Ownerships, 'store'])
  .as('members.ownerships.store')
  .can('organisation.transfer')
  .audits('membership.ownership_transferred')

router.get('/departure', [Departures, 'create']).as('departures.create').can('organisation.leave')
router
  .post('/departure', [Departures, 'store'])
  .as('departures.store')
  .can('organisation.leave')
  .audits('membership.left')

router
  .get('/projects/:project_id/members', [ProjectMembers, 'index'])
  .as('project_members.index')
  .readsReplica()
  .can('project_member.read')
router
  .post('/projects/:project_id/roles', [ProjectMembers, 'store'])
  .as('project_members.store')
  .can('project_member.manage')
  .audits('project_member.created')
router
  .delete('/projects/:project_id/roles/:id', [ProjectMembers, 'destroy'])
  .as('project_members.destroy')
  .can('project_member.manage')
  .audits('project_member.deleted')

router
  .get('/projects/:project_id/handovers/create', [Handovers, 'create'])
  .as('handovers.create')
  .can('project.update')
router
  .post('/projects/:project_id/handovers', [Handovers, 'store'])
  .as('handovers.store')
  .can('project.update')
  .audits('project.work_handed_over')

router.get('/permissions', [Permissions, 'index']).as('permissions.index').can('permissions.read')

router.get('/invitations', [Invitations, 'index']).as('invitations.index').can('member.read')
router
  .get('/invitations/create', [Invitations, 'create'])
  .as('invitations.create')
  .can('member.manage')
router
  .post('/invitations', [Invitations, 'store'])
  .as('invitations.store')
  .limited('invitation')
  .can('member.manage')
  .audits('invitation.created')
router
  .put('/invitations/:id', [Invitations, 'update'])
  .as('invitations.update')
  .limited('invitation')
  .can('member.manage')
  .audits('invitation.resent')
router
  .delete('/invitations/:id', [Invitations, 'destroy'])
  .as('invitations.destroy')
  .can('member.manage')
  .audits('invitation.revoked')

router
  .get('/join/:token', [Joins, 'show'])
  .as('joins.show')
  .limited('join')
  .forAnyone('whoever holds the link is told which account it needs')
router
  .post('/join/:token', [Joins, 'store'])
  .as('joins.store')
  .limited('join')
  .forPerson('joining an organisation comes before being in it')
  .audits('invitation.accepted')
