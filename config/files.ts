import { StartRefused } from '#config/start_refused'
import { processors } from '#registries/processors'
import { mayReach } from '#registries/egress'

type FileEnvironment = {
  NODE_ENV: string
  FILES_PATH?: string
  FILES_S3_BUCKET?: string
  FILES_S3_ENDPOINT?: string
  FILES_S3_REGION?: string
  FILES_S3_KEY_ID?: string
  FILES_S3_SECRET?: string
}

type Bucket = {
  bucket: string
  endpoint: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

const NEEDED = ['FILES_S3_ENDPOINT', 'FILES_S3_KEY_ID', 'FILES_S3_SECRET'] as const

/**
 * The configured S3-compatible store, or null when files stay in a folder. In production its operator must be a
 * processor that the privacy policy names as keeping files.
 */
export function readBucket(settings: FileEnvironment): Bucket | null {
  const { FILES_S3_BUCKET: bucket } = settings
  if (!bucket) return null
  const missing = NEEDED.filter((name) => !settings[name])
  if (missing.length > 0) throw new StartRefused(`Keeping files in S3 needs ${missing.join(', ')}`)
  const endpoint = settings.FILES_S3_ENDPOINT!
  if (settings.NODE_ENV === 'production' && !isDeclared(endpoint)) {
    throw new StartRefused(
      `FILES_S3_ENDPOINT is the host of a processor that keeps files: add ${endpoint} to app/registries/processors.ts`
    )
  }
  return {
    bucket,
    endpoint,
    region: settings.FILES_S3_REGION || 'auto',
    accessKeyId: settings.FILES_S3_KEY_ID!,
    secretAccessKey: settings.FILES_S3_SECRET!,
  }
}

/** How long to wait for a store, in milliseconds. */
const PATIENCE = { connect: 3_000, answer: 20_000 }

/** The options of the S3 driver. */
export function storeOptions(bucket: Bucket, patience = PATIENCE) {
  return {
    bucket: bucket.bucket,
    region: bucket.region,
    endpoint: bucket.endpoint,
    // One host for every bucket, known to the egress guard.
    forcePathStyle: true,
    credentials: {
      accessKeyId: bucket.accessKeyId,
      secretAccessKey: bucket.secretAccessKey,
    },
    maxAttempts: 2,
    requestHandler: { connectionTimeout: patience.connect, socketTimeout: patience.answer },
    visibility: 'private' as const,
    supportsACL: false,
  }
}

function isDeclared(endpoint: string) {
  return processors.some(
    ({ name, setting }) => setting === 'FILES_S3_BUCKET' && mayReach(name, endpoint)
  )
}
