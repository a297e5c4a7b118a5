import { Logger } from '@adonisjs/core/logger'
import logger from '@adonisjs/core/services/logger'
import loggerConfig from '#config/logger'

/** What is logged about requests until it is restored. */
export function loggedLines() {
  const lines: string[] = []
  const spy = new Logger({
    ...loggerConfig.loggers.app,
    level: 'info',
    destination: { write: (line: string) => void lines.push(line) },
  })
  const original = logger.child
  logger.child = (...args: Parameters<typeof original>) => spy.child(...args) as never
  return { lines, restore: () => void (logger.child = original) }
}
