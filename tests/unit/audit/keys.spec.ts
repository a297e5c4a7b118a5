import { generateKeyPairSync } from 'node:crypto'
import { test } from '@japa/runner'
import { encodeKeys, SigningKey, verifyKeys, verifySignature } from '#audit/keys'

/** RFC 8032, section 7.1, test 1. */
const SEED = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
const PUBLIC = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
const SIGNATURE =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'

test.group('Audit keys', () => {
  test('signs as RFC 8032 says', ({ assert }) => {
    const key = new SigningKey(SEED.toString('base64'))
    assert.equal(Buffer.from(key.publicKey, 'base64').toString('hex'), PUBLIC)
    assert.equal(key.sign('').toString('hex'), SIGNATURE)
  })

  test('reads a seed and a PKCS8 key alike', ({ assert }) => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
    const whole = new SigningKey(pkcs8.toString('base64'))
    const seed = new SigningKey(pkcs8.subarray(-32).toString('base64'))
    assert.equal(whole.id, seed.id)
    assert.match(whole.id, /^[0-9a-f]{16}$/)
  })

  test('verifies with retired keys too, and only with the key that signed', ({ assert }) => {
    const [old, current] = [1, 2].map(
      (fill) => new SigningKey(Buffer.alloc(32, fill).toString('base64'))
    )
    const keys = verifyKeys(`${current.publicKey}, ${old.publicKey}`)
    const signature = old.sign('seal').toString('base64')
    assert.sameMembers([...keys.keys()], [old.id, current.id])
    assert.equal(encodeKeys(keys), `${current.publicKey},${old.publicKey}`)
    assert.isTrue(verifySignature(keys.get(old.id)!, 'seal', signature))
    assert.isFalse(verifySignature(keys.get(current.id)!, 'seal', signature))
    assert.isFalse(verifySignature(keys.get(old.id)!, 'other seal', signature))
  })

  test('says what it expects when given no key, such as a file name', ({ assert }) => {
    assert.throws(() => verifyKeys('public-keys.txt'), /“public-keys.txt” is no public key: give/)
  })

  test('refuses a key of another kind', ({ assert }) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
    assert.throws(() => new SigningKey(pkcs8.toString('base64')), /not Ed25519/)
  })
})
