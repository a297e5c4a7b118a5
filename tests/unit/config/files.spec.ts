import { test } from '@japa/runner'
import { readBucket } from '#config/files'

const bucket = {
  NODE_ENV: 'development',
  FILES_S3_BUCKET: 'evidence',
  FILES_S3_ENDPOINT: 'http://127.0.0.1:9000',
  FILES_S3_KEY_ID: 'key',
  FILES_S3_SECRET: 'secret',
}

test.group('Where files are kept', () => {
  test('in a folder until a bucket is named', ({ assert }) => {
    assert.isNull(readBucket({ NODE_ENV: 'production' }))
  })

  test('in the bucket that is named, with everything it takes', ({ assert }) => {
    assert.deepInclude(readBucket(bucket), { bucket: 'evidence', region: 'auto' })
    for (const name of ['FILES_S3_ENDPOINT', 'FILES_S3_KEY_ID', 'FILES_S3_SECRET']) {
      assert.throws(() => readBucket({ ...bucket, [name]: undefined }), new RegExp(name))
    }
  })

  test('in production at a processor that the policy names', ({ assert }) => {
    const settings = { ...bucket, NODE_ENV: 'production' }
    const elsewhere = { ...settings, FILES_S3_ENDPOINT: 'https://s3.elsewhere.example' }
    assert.throws(() => readBucket(elsewhere), /processors\.ts/)
    const otherwise = { ...settings, FILES_S3_ENDPOINT: 'https://api.resend.com' }
    assert.throws(() => readBucket(otherwise), /that keeps files/)
    const declared = { ...settings, FILES_S3_ENDPOINT: 'https://fly.storage.tigris.dev' }
    assert.equal(readBucket(declared)!.endpoint, 'https://fly.storage.tigris.dev')
  })
})
