import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/core/http'
import proxyAddress from 'proxy-addr'

export const appUrl = env.get('APP_URL')

/** Cookies are marked Secure wherever the public address is https, and always in production. */
export const secureCookies = app.inProduction || appUrl.startsWith('https:')

export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: true,
  useAsyncLocalStorage: false,
  trustProxy: proxyAddress.compile(['loopback', 'linklocal', 'uniquelocal']),
  // A comma is part of what someone searches for, however it is written in an address.
  qs: { parse: { comma: false } },
  cookie: { domain: '', path: '/', httpOnly: true, secure: secureCookies, sameSite: 'lax' },
})
