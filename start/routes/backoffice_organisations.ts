import { DANGEROUS_MINUTES } from '#registries/back_office'
import router from '#start/router'

const Accesses = () => import('#controllers/backoffice/organisations/accesses_controller')
const Organisations = () => import('#controllers/backoffice/organisations_controller')
const Suspensions = () => import('#controllers/backoffice/organisations/suspensions_controller')
const Quotas = () => import('#controllers/backoffice/organisations/quotas_controller')
const Erasures = () => import('#controllers/backoffice/organisations/erasures_controller')
const OwnerInvitations = () =>
  import('#controllers/backoffice/organisations/owner_invitations_controller')

const WHY = 'looking after the organisations that use the product'

router
  .get('/admin/organisations', [Organisations, 'index'])
  .as('backoffice.organisations.index')
  .forPlatform(WHY)
router
  .get('/admin/organisations/create', [Organisations, 'create'])
  .as('backoffice.organisations.create')
  .forPlatform(WHY)
router
  .post('/admin/organisations', [Organisations, 'store'])
  .as('backoffice.organisations.store')
  .forPlatform(WHY)
  .audits('organisation.created')
router
  .get('/admin/organisations/:id', [Organisations, 'show'])
  .as('backoffice.organisations.show')
  .forPlatform(WHY)
router
  .post('/admin/organisations/:id/owner_invitations', [OwnerInvitations, 'store'])
  .as('backoffice.organisations.owner_invitations.store')
  .forPlatform(WHY)
  .audits('organisation.owner_invited')
router
  .put('/admin/organisations/:id/quotas', [Quotas, 'update'])
  .as('backoffice.organisations.quotas.update')
  .forPlatform(WHY)
  .audits('organisation.limited')
router
  .post('/admin/organisations/:id/suspension', [Suspensions, 'store'])
  .as('backoffice.organisations.suspensions.store')
  .forPlatform(WHY)
  .signedInWithin(DANGEROUS_MINUTES)
  .audits('organisation.suspended')
router
  .delete('/admin/organisations/:id/suspension', [Suspensions, 'destroy'])
  .as('backoffice.organisations.suspensions.destroy')
  .forPlatform(WHY)
  .signedInWithin(DANGEROUS_MINUTES)
  .audits('organisation.resumed')
router
  .post('/admin/organisations/:id/erasure', [Erasures, 'store'])
  .as('backoffice.organisations.erasures.store')
  .forPlatform(WHY)
  .signedInWithin(DANGEROUS_MINUTES)
  .audits('organisation.erasure_scheduled')
router
  .delete('/admin/organisations/:id/erasure', [Erasures, 'destroy'])
  .as('backoffice.organisations.erasures.destroy')
  .forPlatform(WHY)
  .signedInWithin(DANGEROUS_MINUTES)
  .audits('organisation.erasure_called_off')
router
  .post('/admin/organisations/:id/access', [Accesses, 'store'])
  .as('backoffice.organisations.accesses.store')
  .forPlatform('looking into an organisation for a reason that its owners are told')
  .signedInWithin(DANGEROUS_MINUTES)
  .audits('staff_access.opened')
router
  .delete('/admin/organisations/:id/access', [Accesses, 'destroy'])
  .as('backoffice.organisations.accesses.destroy')
  .forPlatform('looking into an organisation for a reason that its owners are told')
  .audits('staff_access.ended')
