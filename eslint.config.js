import { configApp } from '@adonisjs/eslint-config'

export default configApp(
  { ignores: ['build', 'storage', 'tmp', 'public', '.adonisjs'] },
  { rules: { '@unicorn/no-await-expression-member': 'off' } }
)
