import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineConfig, type CSSOptions, type Plugin, type ResolvedConfig } from 'vite'
import adonisjs from '@adonisjs/vite/client'

/** Puts a brotli and a gzip twin beside each script and style, so that none is compressed while it is served. */
function precompress(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: (resolved) => {
      config = resolved
    },
    closeBundle: () => {
      const folder = config.build.outDir
      for (const name of readdirSync(folder).filter((file) => /\.(js|css)$/.test(file))) {
        const file = join(folder, name)
        const content = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(content))
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
      }
    },
  }
}

type PostcssPlugin = NonNullable<
  Exclude<CSSOptions['postcss'], string | undefined>['plugins']
>[number]

/** Writes `@container a (…), b (…)` as one block for each, since not every browser knows lists of containers. */
const containerLists: PostcssPlugin = {
  postcssPlugin: 'container-lists',
  AtRule: {
    container: (rule) => {
      const [params, ...others] = rule.params.split(/,\s*(?![^(]*\))/)
      for (const other of others) rule.cloneAfter({ params: other })
      rule.params = params
    },
  },
}

export default defineConfig({
  plugins: [
    adonisjs({
      entryPoints: ['resources/css/app.css', 'resources/js/app.js'],
      reload: ['resources/views/**/*.edge'],
    }),
    precompress(),
  ],
  css: { postcss: { plugins: [containerLists] } },
  build: { assetsInlineLimit: 0, target: 'es2022' },
})
