import router from '#start/router'

const Guides = () => import('#controllers/guides_controller')

router
  .get('/help', [Guides, 'index'])
  .as('guides.index')
  .forAnyone('how the product is used is no secret')
router
  .get('/help/:slug', [Guides, 'show'])
  .as('guides.show')
  .forAnyone('how the product is used is no secret')
