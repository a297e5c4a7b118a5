import { DANGEROUS_MINUTES } from '#registries/back_office'
import router from '#start/router'

const LookUps = () => import('#controllers/backoffice/look_ups_controller')
const People = () => import('#controllers/backoffice/people_controller')
const PersonSessions = () => import('#controllers/backoffice/person_sessions_controller')

const WHY = 'helping somebody with their account'

router.get('/admin/people', [People, 'index']).as('backoffice.people.index').forPlatform(WHY)
router
  .post('/admin/people/look_ups', [LookUps, 'store'])
  .as('backoffice.people.look_ups.store')
  .forPlatform(WHY)
  .audits('account.looked_up')
router
  .get('/admin/people/:id', [People, 'show'])
  .as('backoffice.people.show')
  .forPlatform(WHY)
  .audits('account.viewed')
router
  .delete('/admin/people/:id/sessions', [PersonSessions, 'destroy'])
  .as('backoffice.people.sessions.destroy')
  .forPlatform(WHY)
  .signedInWithin(DANGEROUS_MINUTES)
  .audits('account.signed_out')
