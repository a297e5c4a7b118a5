import './bin/support/typescript.mjs'

await import('./bin/console.js')
