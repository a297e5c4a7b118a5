import router from '#start/router'

const Accessibility = () => import('#controllers/accessibility_controller')

router
  .get('/accessibility', [Accessibility, 'show'])
  .as('accessibility')
  .forAnyone('whoever cannot get in must be able to say so')
