import router from '#start/router'

const Externals = () => import('#controllers/externals/externals_controller')
const Invitations = () => import('#controllers/externals/invitations_controller')
const Archives = () => import('#controllers/externals/archives_controller')

router
  .get('/externals', [Externals, 'index'])
  .as('externals.index')
  .readsReplica()
  .can('external.manage')
router.get('/externals/create', [Externals, 'create']).as('externals.create').can('external.manage')
router
  .post('/externals', [Externals, 'store'])
  .as('externals.store')
  .limited('invitation')
  .can('external.manage')
  .audits('external_resource.created')
router.get('/externals/:id', [Externals, 'show']).as('externals.show').can('external.manage')
router.get('/externals/:id/edit', [Externals, 'edit']).as('externals.edit').can('external.manage')
router
  .put('/externals/:id', [Externals, 'update'])
  .as('externals.update')
  .limited('invitation')
  .can('external.manage')
  .audits('external_resource.updated')
router
  .post('/externals/:id/archive', [Archives, 'store'])
  .as('externals.archives.store')
  .can('external.manage')
  .audits('external_resource.archived')
router
  .delete('/externals/:id/archive', [Archives, 'destroy'])
  .as('externals.archives.destroy')
  .can('external.manage')
  .audits('external_resource.restored')
router
  .get('/externals/:id/invitation', [Invitations, 'create'])
  .as('externals.invitations.create')
  .can('member.manage')
router
  .post('/externals/:id/invitation', [Invitations, 'store'])
  .as('externals.invitations.store')
  .limited('invitation')
  .can('member.manage')
  .audits('invitation.created')
