import { prettyPrintError } from '@adonisjs/core'
import { ignitor } from './ignitor.js'

await ignitor()
  .httpServer()
  .start()
  .catch((error) => {
    process.exitCode = 1
    prettyPrintError(error)
  })
