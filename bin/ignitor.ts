import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'

const APP_ROOT = new URL('../', import.meta.url)

/**
 * The application with its environment checked and its signals bound, ready to start as a server, a command or a test
 * run.
 */
export function ignitor() {
  return new Ignitor(APP_ROOT, { importer }).tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    app.listen('SIGTERM', () => app.terminate())
    app.listen('SIGINT', () => app.terminate())
  })
}

function importer(filePath: string) {
  return filePath.startsWith('.') ? import(new URL(filePath, APP_ROOT).href) : import(filePath)
}
