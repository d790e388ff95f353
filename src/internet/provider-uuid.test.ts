import { expect, it } from 'vitest'
import { providerUuid } from './provider-uuid.ts'

it.each([
  [130235, '55e88691-9766-315a-8fc2-763a5bce61c1'],
  [1, '6a8e1f2b-8cca-318b-801f-d08e200d7521'],
  [999999, '25afecbf-94ad-3968-9d9d-916a2f29dac2'],
])("gives provider %i the UUID that Python's uuid3 gives for fcc-provider-id in the URL namespace", (id, uuid) => {
  expect(providerUuid(id)).toBe(uuid)
})
