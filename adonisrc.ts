import { defineConfig } from '@adonisjs/core/app'

/** When a test counts as hanging: far longer than any takes on a busy machine. */
const HANGING = 300_000

export default defineConfig({
  commands: [() => import('@adonisjs/core/commands'), () => import('@adonisjs/lucid/commands')],

  providers: [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    () => import('@adonisjs/core/providers/vinejs_provider'),
    () => import('@adonisjs/core/providers/edge_provider'),
    () => import('@adonisjs/session/session_provider'),
    () => import('#start/vite_provider'),
    () => import('@adonisjs/shield/shield_provider'),
    () => import('@adonisjs/static/static_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    () => import('@adonisjs/ally/ally_provider'),
    () => import('@adonisjs/drive/drive_provider'),
    () => import('@adonisjs/limiter/limiter_provider'),
    () => import('./app/privacy/egress_provider.js'),
    () => import('./app/monitoring/monitoring_provider.js'),
    {
      file: () => import('./app/identity/identity_service_provider.js'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('./app/privacy/publication_provider.js'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('./app/privacy/erasure/guard_provider.js'),
      environment: ['web'],
    },
    { file: () => import('./app/jobs/worker_provider.js'), environment: ['web'] },
    { file: () => import('./app/serving/stopping_provider.js'), environment: ['web'] },
  ],

  preloads: [
    { file: () => import('#start/welcome'), environment: ['web'] },
    () => import('#start/lucid'),
    () => import('#start/view'),
    () => import('#start/session'),
    () => import('#start/response'),
    () => import('#start/kernel'),
    () => import('#start/routes'),
    () => import('#start/declarations'),
  ],

  tests: {
    suites: [
      { name: 'unit', files: ['tests/unit/**/*.spec.ts'], timeout: HANGING },
      { name: 'erasure', files: ['tests/erasure/**/*.spec.ts'], timeout: HANGING },
      { name: 'functional', files: ['tests/functional/**/*.spec.ts'], timeout: HANGING },
      { name: 'commands', files: ['tests/commands/**/*.spec.ts'], timeout: HANGING },
      { name: 'browser', files: ['tests/browser/**/*.spec.ts'], timeout: HANGING },
    ],
    forceExit: true,
  },

  metaFiles: [
    { pattern: 'resources/views/**/*.edge', reloadServer: false },
    { pattern: 'public/**', reloadServer: false },
    { pattern: 'resources/policies/*.json', reloadServer: false },
    { pattern: 'resources/help/*.md', reloadServer: false },
    { pattern: 'resources/fonts/**/*', reloadServer: false },
    // What `audit:export` puts beside a bundle.
    { pattern: 'bin/verify-audit.mjs', reloadServer: false },
    // What `database:roles` runs, as `npm start` does.
    { pattern: 'bin/postgres/provision.mjs', reloadServer: false },
    { pattern: 'bin/postgres/roles.mjs', reloadServer: false },
    { pattern: 'bin/postgres/connection.mjs', reloadServer: false },
    { pattern: 'bin/postgres/scram.mjs', reloadServer: false },
    { pattern: 'bin/support/failure.mjs', reloadServer: false },
    // What stands in an exported gate pack.
    { pattern: 'bin/verify-pack.mjs', reloadServer: false },
  ],

  hooks: {
    buildStarting: [() => import('@adonisjs/vite/build_hook')],
  },
})
