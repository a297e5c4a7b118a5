import router from '@adonisjs/core/services/router'

const Webhooks = () => import('#controllers/mails/webhooks_controller')

router
  .post('/webhooks/resend', [Webhooks, 'store'])
  .as('mails.webhooks.store')
  .forAnyone('the mail provider signs what it tells')
  .unaudited('what became of a mail is kept with the mail')
