import { configApp } from '@adonisjs/eslint-config'

export default configApp(
  { ignores: ['build', 'storage', 'tmp', 'public', '.adonisjs'] },
  {
    rules: {
      '@unicorn/no-await-expression-member': 'off',
      '@unicorn/no-useless-spread': 'error',
      // What people type and bring may hold control characters; telling so is their patterns' purpose.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['app/**/*.ts', 'commands/**/*.ts', 'start/**/*.ts'],
    ignores: ['app/tenancy/transaction.ts', 'start/response.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.type='MemberExpression'][callee.property.name='transaction'][arguments.length>0]",
          message: 'Use #tenancy/transaction: it tells when the database refuses the commit.',
        },
        {
          selector:
            "CallExpression[callee.property.name='toPath'][callee.object.callee.property.name='status']",
          message: 'Use response.seeOther(path): every write answers 303.',
        },
      ],
    },
  }
)
