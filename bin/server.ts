import { ignitor } from './ignitor.js'
import { tellFailure } from './telling.js'

await ignitor()
  .httpServer()
  .start()
  .catch(async (error) => {
    await tellFailure(error)
    // Connections that were opened meanwhile would keep a process that serves nothing.
    process.exit(1)
  })
