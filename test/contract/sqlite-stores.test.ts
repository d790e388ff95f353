import { openState } from '../../src/storage/open-state.ts'
import { describeApiTokenStore } from './api-token-store.ts'
import { describeSessionStore } from './session-store.ts'

const open = () => openState({ engine: 'sqlite', file: ':memory:' })

describeSessionStore('SQLite', open)
describeApiTokenStore('SQLite', open)
