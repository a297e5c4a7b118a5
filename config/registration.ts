import app from '@adonisjs/core/services/app'
import env from '#start/env'

/** Whether people without an invitation may found an organisation. */
export const registration = { isOpen: env.get('REGISTRATION_OPEN', !app.inProduction) }
