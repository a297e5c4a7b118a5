import app from '@adonisjs/core/services/app'
import emitter from '@adonisjs/core/services/emitter'
import env from '#start/env'

/** Tells people who start the product on their own machine where it answers and as whom they can sign in. */
emitter.on('http:server_ready', async () => {
  if (!app.inDev) return
  console.log(`\nOrchestrate is running at ${env.get('APP_URL')}\n`)
  if (env.get('AUTH0_DOMAIN')) return
  const { demoPeople } = await import('#database/demo/people')
  console.log('Sign in as one of the demo people:')
  for (const { name, title, email } of demoPeople) {
    console.log(`  ${name.padEnd(18)} ${title.padEnd(28)} ${email}`)
  }
  console.log('\nStop with Ctrl-C.\n')
})
