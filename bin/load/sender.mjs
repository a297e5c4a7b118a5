/** The traffic, in a separate process: sends requests to the web processes that are ready, and times the answers. */
import { setTimeout as wait } from 'node:timers/promises'
import { Balancer } from './balancer.mjs'
import { Tally } from './tally.mjs'
import { TRAFFIC, kindByChance, somewhere } from './traffic.mjs'

/** The parent process has ended. */
process.on('disconnect', () => process.exit())

process.on('message', async ({ ports, sessions, race, seconds, ...order }) => {
  const tally = new Tally()
  const balancer = new Balancer(ports)
  const one = (since) => ask(balancer, sessions, tally, since)
  const started = performance.now()
  const until = started + seconds * 1000
  if (race) await inTurns(order.atOnce, until, one)
  else await atRate(order.rate, until, one)
  const elapsed = (performance.now() - started) / 1000
  balancer.stop()
  process.send({ ...tally.summary(), elapsed })
})

function inTurns(atOnce, until, one) {
  const turn = async () => {
    while (performance.now() < until) await one(performance.now())
  }
  return Promise.all(Array.from({ length: atOnce }, turn))
}

/** Random arrivals, as people come; each is timed from when it should have been sent. */
async function atRate(rate, until, one) {
  const underWay = new Set()
  let due = performance.now()
  while (due < until) {
    due += (-Math.log(1 - Math.random()) / rate) * 1000
    const pause = due - performance.now()
    if (pause > 1) await wait(pause)
    const work = one(due).finally(() => underWay.delete(work))
    underWay.add(work)
  }
  await Promise.all(underWay)
}

let turn = 0

async function ask(balancer, { managers, office, size }, tally, since) {
  const kind = kindByChance()
  const { path, fields, office: isOffice } = TRAFFIC[kind]
  const pool = isOffice ? office : managers
  const session = pool[turn++ % pool.length]
  const place = isOffice ? {} : somewhere(session, size)
  const answer = await balancer.send(path(place), session, fields?.(place))
  tally.add(kind, answer, performance.now() - since, fields ? 303 : 200)
}
