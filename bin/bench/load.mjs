/**
 * The load, in a separate process: sends each connection's request again as soon as its answer is complete, and reports
 * how long each took. Parses just enough HTTP to know where an answer ends, because a full client would take more of
 * the machine than the server it measures.
 */
import { connect } from 'node:net'

/** The parent process has ended. */
process.on('disconnect', () => process.exit())

process.on('message', async ({ port, requests, seconds, most = Infinity, status }) => {
  const tally = { times: [], bytes: 0, wrong: 0, sample: '', left: most }
  const started = performance.now()
  const deadline = started + seconds * 1000
  try {
    await Promise.all(
      requests.map((text) => connection(port, Buffer.from(text), deadline, tally, status))
    )
    const elapsed = (performance.now() - started) / 1000
    process.send({ ...tally, elapsed })
  } catch (error) {
    process.send({ error: error.message })
  }
})

function connection(port, request, deadline, tally, status) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let answer = newAnswer()
    let sent = 0
    const send = () => {
      if (performance.now() > deadline || tally.left <= 0) return socket.end()
      tally.left--
      answer = newAnswer()
      sent = performance.now()
      socket.write(request)
    }
    socket.on('connect', send)
    socket.on('data', (chunk) => {
      if (!take(answer, chunk)) return
      tally.times.push(performance.now() - sent)
      tally.bytes += answer.received
      if (answer.status !== status) {
        tally.wrong++
        tally.sample ||= `${answer.status} ${answer.head.slice(0, 300)}`
      }
      send()
    })
    socket.on('close', resolve)
    socket.on('error', reject)
  })
}

function newAnswer() {
  return { received: 0, head: '', end: -1, chunked: false, status: 0 }
}

/** Adds what arrived to an answer and returns whether that completes it. */
function take(answer, chunk) {
  answer.received += chunk.length
  if (answer.end === -1 && !readHead(answer, chunk)) return false
  if (!answer.chunked) return answer.received >= answer.end
  return chunk.subarray(-5).toString('latin1') === '0\r\n\r\n'
}

function readHead(answer, chunk) {
  answer.head += chunk.toString('latin1')
  const end = answer.head.indexOf('\r\n\r\n')
  if (end === -1) return false
  answer.head = answer.head.slice(0, end)
  answer.status = Number(answer.head.slice(9, 12))
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.head)
  answer.chunked = !length && /\r\ntransfer-encoding: chunked/i.test(answer.head)
  answer.end = end + 4 + Number(length?.[1] ?? 0)
  return true
}
