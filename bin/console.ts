import { prettyPrintError } from '@adonisjs/core'
import { ignitor } from './ignitor.js'
import { staySmall } from './small_heap.js'

staySmall(process.argv[2])
await ignitor()
  .ace()
  .handle(process.argv.splice(2))
  .catch((error) => {
    process.exitCode = 1
    prettyPrintError(error)
  })
