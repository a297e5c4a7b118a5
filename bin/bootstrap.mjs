/**
 * First thing every npm script runs, on whatever Node npm found: installs the dependencies when
 * they are missing or outdated, then hands over to `bin/<script>.mjs` on the Node the app needs.
 *
 * Only syntax that Node 14 understands may be used here, so that an old Node gets a sentence
 * instead of a syntax error. Everything newer is imported after the version check.
 */
const OLDEST_NODE = 18

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(
    'Orchestrate needs Node.js ' +
      OLDEST_NODE +
      ' or newer to install itself; this is ' +
      process.version +
      '.\nInstall the current LTS release from https://nodejs.org and try again.'
  )
  process.exit(1)
}

import('./support/hand_over.mjs')
  .then((module) => module.handOver(process.argv[2], process.argv.slice(3)))
  .catch((error) => {
    console.error(error && error.hint ? error.message : error)
    process.exit(1)
  })
