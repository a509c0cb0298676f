import { expect, test } from 'vitest'
import { writeYaml } from '#service/yaml/write-yaml.ts'

test('long texts are blocks, what is undefined is left out, and the remark stands above', () => {
  expect(writeYaml({ geo: 'one\ntwo\n', redis: undefined, version: '19.10' }, 'Of Acme.\n\nKept here.')).toBe(
    '# Of Acme.\n#\n# Kept here.\ngeo: |\n  one\n  two\nversion: "19.10"\n',
  )
})
