import ViteProvider from '@adonisjs/vite/vite_provider'

/** Tests get the built assets under the strict policy, as users do; Vite's own server is for development only. */
export default class AssetsProvider extends ViteProvider {
  async boot() {
    await super.boot()
    if (!process.env.DEV_MODE) await this.#tellTagsOnce()
  }

  async start() {
    if (process.env.DEV_MODE) await super.start()
  }

  /** Built assets do not change while a process runs, and each page needs the same tags. */
  async #tellTagsOnce() {
    const vite = await this.app.container.make('vite')
    const make = vite.generateEntryPointsTags.bind(vite)
    const known = new Map<string, Awaited<ReturnType<typeof make>>>()
    vite.generateEntryPointsTags = async (entryPoints, attributes) => {
      if (attributes) return make(entryPoints, attributes)
      const names = String(entryPoints)
      const tags = known.get(names) ?? (await make(entryPoints))
      known.set(names, tags)
      return tags
    }
  }
}
