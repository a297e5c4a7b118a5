import { ignitor } from './ignitor.js'
import { tellFailure } from './telling.js'

await ignitor()
  .httpServer()
  .start()
  .catch(async (error) => {
    await tellFailure(error)
    // Connections opened meanwhile would keep alive a process that serves nothing.
    process.exit(1)
  })
