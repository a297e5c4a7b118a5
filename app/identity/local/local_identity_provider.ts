import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { demoPeople } from '#database/demo/people'
import { IdentityProvider } from '#identity/identity_provider'
import type { PeoplePage } from '#identity/local/people_page'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/**
 * Signs in as anyone, for development and tests. It listens on the loopback interface under a different host name from
 * the application's, so that its cookies never enter the application's jar.
 */
export class LocalIdentityProvider {
  #handler: Promise<Handler> | null = null
  #server = createServer((request, response) => this.#answer(request, response))

  /** Resolves once it listens. The provider itself is loaded with the first request. */
  async start(appUrl: string) {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve)
    })
    this.#server.unref()
    const { port } = this.#server.address() as AddressInfo
    const issuer = new URL(`http://${hostBeside(appUrl)}:${port}`)
    const settings = {
      issuer,
      clientId: 'orchestrate',
      clientSecret: randomBytes(32).toString('hex'),
    }
    this.#load = () => this.#build(appUrl, settings)
    return new IdentityProvider(settings, { people: demoPeople })
  }

  async stop() {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #load: () => Promise<Handler> = () => Promise.reject(new Error('not started'))

  async #answer(request: IncomingMessage, response: ServerResponse) {
    try {
      this.#handler ??= this.#load()
      const handle = await this.#handler
      await handle(request, response)
    } catch (error) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end(`${error}`)
    }
  }

  async #build(appUrl: string, settings: IdentityProvider['settings']): Promise<Handler> {
    const { openProvider } = await import('#identity/local/provider')
    const { PeoplePage } = await import('#identity/local/people_page')
    const { provider, accounts } = await openProvider(appUrl, settings)
    const page: PeoplePage = new PeoplePage(provider, accounts, new URL(appUrl).origin)
    const protocol = provider.callback()
    return (request, response) =>
      page.answers(request) ? page.answer(request, response) : protocol(request, response)
  }
}

/** Cookies ignore ports, so two loopback names are used to keep two jars. */
function hostBeside(appUrl: string) {
  return new URL(appUrl).hostname === 'localhost' ? '127.0.0.1' : 'localhost'
}
