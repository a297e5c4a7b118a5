import { defineConfig } from '@adonisjs/session'
import { secureCookies } from '#config/app'
import { SessionStore } from '#identity/session_store'

export const SESSION_COOKIE = 'appSession'

export default defineConfig({
  enabled: true,
  cookieName: SESSION_COOKIE,
  clearWithBrowser: false,
  age: '24h',
  cookie: { path: '/', httpOnly: true, secure: secureCookies, sameSite: 'lax' },
  store: 'postgres',
  stores: { postgres: (ctx) => new SessionStore(ctx) },
})
