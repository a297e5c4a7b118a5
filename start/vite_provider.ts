import ViteProvider from '@adonisjs/vite/vite_provider'

/** Tests get the built assets, under the strict policy, as people do; Vite's own server is for development alone. */
export default class AssetsProvider extends ViteProvider {
  async start() {
    if (process.env.DEV_MODE) await super.start()
  }
}
