import { configure } from '@testing-library/react'

// A window drawn on a busy machine takes longer than the second Testing Library waits unless told otherwise.
configure({ asyncUtilTimeout: 20_000 })
