import env from '#start/env'
import { loggedError } from '#monitoring/logged_error'
import app from '@adonisjs/core/services/app'
import { defineConfig, destination, targets } from '@adonisjs/core/logger'

const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'orchestrate',
      level: env.get('LOG_LEVEL', 'info'),
      serializers: { err: (error) => (error instanceof Error ? loggedError(error) : error) },
      // Tests start many processes: a thread that only writes lines would be a twentieth of each start.
      ...(app.inTest
        ? { destination: destination(1) }
        : {
            transport: {
              targets: [
                app.inDev ? targets.pretty({ colorize: true }) : targets.file({ destination: 1 }),
              ],
            },
          }),
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
