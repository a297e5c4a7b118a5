import { configApp } from '@adonisjs/eslint-config'

export default configApp(
  { ignores: ['build', 'storage', 'tmp', 'public', '.adonisjs'] },
  {
    rules: {
      '@unicorn/no-await-expression-member': 'off',
      // What people type and bring may hold control characters; telling so is their patterns' purpose.
      'no-control-regex': 'off',
    },
  }
)
