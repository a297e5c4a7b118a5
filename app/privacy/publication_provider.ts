import type { ApplicationService } from '@adonisjs/core/types'

/** Records that a version of the policy is public when a process begins to serve it. */
export default class PublicationProvider {
  constructor(private app: ApplicationService) {}

  async ready() {
    const { publishPolicy } = await import('#privacy/publication')
    await publishPolicy().catch(async (error) => {
      const logger = await this.app.container.make('logger')
      logger.error({ err: error }, 'the version of the policy could not be recorded')
    })
  }
}
