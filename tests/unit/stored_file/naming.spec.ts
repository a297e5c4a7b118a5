import { test } from '@japa/runner'
import { fileName } from '#models/stored_file/naming'

test.group('The name of a file', () => {
  for (const [given, name] of [
    ['C:\\Users\\me\\plan.pdf', 'plan.pdf'],
    ['in"voice\u202efdp.exe', 'invoicefdp.exe'],
    ['\u200f\u0001', 'file'],
    ['گزارش\u200cها 👩‍👩‍👧.pdf', 'گزارش\u200cها 👩‍👩‍👧.pdf'],
    [`cafe\u0301${'a'.repeat(115)}.pdf`, `${'a'.repeat(115)}.pdf`],
  ]) {
    test(`is ${name}`, ({ assert }) => assert.equal(fileName(given), name))
  }
})
