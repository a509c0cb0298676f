import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { describeVault } from '#test/support/vault-suite.ts'

describeVault('a memory vault', () => ({ create: createMemoryVault }))
