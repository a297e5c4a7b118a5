import { prettyPrintError } from '@adonisjs/core'
import { ignitor } from './ignitor.js'
import { staySmall } from './small_heap.js'

staySmall(process.argv[2])
await ignitor()
  .ace()
  .configure(async (app) => {
    const kernel = await app.container.make('ace')
    const { errorHandler } = kernel
    kernel.errorHandler = {
      render: async (error, failed) => told(error) || errorHandler.render(error, failed),
    }
  })
  .handle(process.argv.splice(2))
  .catch((error) => {
    process.exitCode = 1
    prettyPrintError(error)
  })

/** Who runs a command without its settings needs the list of them, not where in our code they are checked. */
function told(error: any) {
  if (error?.code !== 'E_INVALID_ENV_VARIABLES') return false
  console.error(
    `These settings are missing or wrong:\n\n${error.help}\n\n` +
      'Set them in the environment or in .env; .env.example explains each. Without any, a command works on what ' +
      'npm start runs here: start that first.'
  )
  return true
}
