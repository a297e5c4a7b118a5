/**
 * Commands as the guides write them, on whatever Node the shell finds: as in `bin/bootstrap.mjs`, only syntax that an old
 * one understands may stand here. An image has an `ace.js` of its own, which only starts the console.
 */
import('./bin/support/commands.mjs')
  .then((module) => module.runCommand(process.argv.slice(2)))
  .catch((error) => {
    console.error(error && error.hint ? '\n' + error.message + '\n' : error)
    process.exit(1)
  })
