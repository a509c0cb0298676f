import { expect, test } from 'vitest'
import { csvText } from '#service/sharing/csv.ts'

test('cells are in quotes where they have to be, and lines end in CR LF', () => {
  expect(
    csvText([
      ['name', 'count', 'of'],
      ['Acme, "the" Corp', 3.5, null],
      ['two\nlines', 0, ''],
    ]),
  ).toBe('name,count,of\r\n"Acme, ""the"" Corp",3.5,\r\n"two\nlines",0,\r\n')
})

test('nothing that is written by others is a formula', () => {
  const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("https://example.com","x")']
  expect(csvText([cells])).toBe(
    `'=1+1,'+1,'-1,'@SUM(A1),'\t=1,"'\r=1","'=HYPERLINK(""https://example.com"",""x"")"\r\n`,
  )
  expect(csvText([['1=1', -1]])).toBe('1=1,-1\r\n')
})
