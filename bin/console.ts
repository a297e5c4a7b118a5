import { ignitor } from './ignitor.js'
import { staySmall } from './small_heap.js'
import { explained, tellFailure } from './telling.js'

staySmall(process.argv[2])
/** The framework gives help, and then asks for what the command requires. */
const isHelpGiven = process.argv.includes('--help')
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader who wanted only the beginning, like `| head`, has it: no need for a stack trace of where we continued
  // writing.
  if (error.code === 'EPIPE') process.exit(1)
  throw error
})
await ignitor()
  .ace()
  .configure(async (app) => {
    const kernel = await app.container.make('ace')
    const { errorHandler } = kernel
    kernel.errorHandler = {
      render: async (error: any, failed) => {
        if (isHelpGiven && error.code?.startsWith('E_MISSING_')) return void (failed.exitCode = 0)
        return explained(error) ? tellFailure(error) : errorHandler.render(error, failed)
      },
    }
  })
  .handle(process.argv.splice(2))
  .catch(async (error) => {
    process.exitCode = 1
    await tellFailure(error)
  })
