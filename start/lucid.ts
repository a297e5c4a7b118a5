import pg from 'pg'
import { installQueryGuards } from '#tenancy/query_guards'
import { installEagerTransactions } from '#tenancy/sending'

const DATE = 1082

/** A date without time stays text: as a Date it would shift with the server's time zone. */
pg.types.setTypeParser(DATE, (text) => text)

installQueryGuards()
installEagerTransactions()
