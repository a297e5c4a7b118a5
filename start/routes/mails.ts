import router from '#start/router'

const Mails = () => import('#controllers/mails/mails_controller')
const Webhooks = () => import('#controllers/mails/webhooks_controller')

router
  .post('/webhooks/resend', [Webhooks, 'store'])
  .as('mails.webhooks.store')
  .forAnyone('the mail provider signs what it tells')
  .unaudited('what became of a mail is kept with the mail')

router.get('/mails', [Mails, 'index']).as('mails.index').can('mail.read')
router.get('/mails/:id', [Mails, 'show']).as('mails.show').can('mail.read')
