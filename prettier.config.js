import adonis from '@adonisjs/prettier-config'

export default { ...adonis, printWidth: 100 }
