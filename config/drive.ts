import app from '@adonisjs/core/services/app'
import { defineConfig, services } from '@adonisjs/drive'
import type { InferDriveDisks } from '@adonisjs/drive/types'
import { readBucket, storeOptions } from '#config/files'
import env from '#start/env'

const bucket = readBucket({
  NODE_ENV: env.get('NODE_ENV'),
  FILES_S3_BUCKET: env.get('FILES_S3_BUCKET'),
  FILES_S3_ENDPOINT: env.get('FILES_S3_ENDPOINT'),
  FILES_S3_REGION: env.get('FILES_S3_REGION'),
  FILES_S3_KEY_ID: env.get('FILES_S3_KEY_ID'),
  FILES_S3_SECRET: env.get('FILES_S3_SECRET')?.release(),
})

/** Where files are stored: in a folder of this machine or, once a bucket is named, in an S3-compatible store. */
const driveConfig = defineConfig({
  default: 'store',
  services: {
    // Only the one in use: the S3 client is slow to load.
    store: bucket
      ? services.s3(storeOptions(bucket))
      : services.fs({
          location: env.get('FILES_PATH') ?? app.makePath('storage', 'files'),
          visibility: 'private',
        }),
  },
})

export default driveConfig

declare module '@adonisjs/drive/types' {
  interface DriveDisks extends InferDriveDisks<typeof driveConfig> {}
}
