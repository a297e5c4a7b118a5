import { test } from '@japa/runner'
import { claimedIdentity } from '#identity/claimed_identity'

const CLAIMS = { sub: 'auth0|1', email: 'sara@demo.example', email_verified: true }

test.group('Who somebody is', () => {
  for (const [given, name] of [
    ['علی\u200cرضا', 'علی\u200cرضا'],
    ['\u200fשרה\tכהן\u202e', 'שרה כהן'],
    ['\u200b', 'sara'],
    [`${'a'.repeat(198)}👩‍👩‍👧`, 'a'.repeat(198)],
  ]) {
    test(`is read from any usable name: ${given}`, ({ assert }) => {
      assert.equal(claimedIdentity({ ...CLAIMS, name: given }).name, name)
    })
  }
})
