import http from 'node:http'
const port: number = Number(process.env.PORT)
if (process.env.STANDIN_CRASH) throw new Error('boot failure of the stand-in')
const server = http.createServer((_, res) => res.end('hello ' + process.version + ' ' + process.pid + '\n'))
server.listen(port, process.env.HOST, () => console.log(`Orchestrate: ${process.env.APP_URL}\n  Ada Demo, project manager`))
process.on('SIGTERM', () => {
  if (process.env.STANDIN_HANG) return
  console.log('web: SIGTERM, closing')
  server.close(() => process.exit(0))
})
