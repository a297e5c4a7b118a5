import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@adonisjs/core/bodyparser'

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    limit: '1mb',
    // The form that maps the columns of an import has a few controls for each.
    queryString: { parameterLimit: 5000 },
    types: ['application/x-www-form-urlencoded'],
  },
  json: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    limit: '1mb',
    types: ['application/json', 'application/csp-report', 'application/reports+json'],
  },
  multipart: {
    // We store the files ourselves, and remove them again.
    autoProcess: false,
    tmpFileName: () => join(tmpdir(), randomUUID()),
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    processManually: [],
    limit: '31mb',
    types: ['multipart/form-data'],
  },
})
