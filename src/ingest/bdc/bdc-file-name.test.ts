import { describe, expect, it } from 'vitest'
import { parseBdcFileName } from './bdc-file-name.ts'

describe('parseBdcFileName', () => {
  it.each([
    [
      'in/bdc_23_FibertothePremises_fixed_broadband_J23_05mar2024.zip',
      { stateFips: '23', asOfDate: '2023-06-30', revision: '2024-03-05' },
    ],
    [
      'in/bdc_26_GSOSatellite_fixed_broadband_D25_29sep2026.csv',
      { stateFips: '26', asOfDate: '2025-12-31', revision: '2026-09-29' },
    ],
    [
      'maine_2022-06_rev2023-03-31/bdc_23_Fiber-to-the-Premises_fixed_broadband_063022.zip',
      { stateFips: '23', asOfDate: '2022-06-30', revision: '2023-03-31' },
    ],
    ['bdc_23_Cable_fixed_broadband_123122.zip', { stateFips: '23', asOfDate: '2022-12-31' }],
    [
      'bdc_23_130235_Cable_fixed_broadband_D24_01jul2025.zip',
      { stateFips: '23', providerId: 130235, asOfDate: '2024-12-31', revision: '2025-07-01' },
    ],
    ['bdc_cut_maine_2022-06_rev2022-11-17.csv', { asOfDate: '2022-06-30', revision: '2022-11-17' }],
    ['2023-12-31/rev2024-05-14/cable.csv', { asOfDate: '2023-12-31', revision: '2024-05-14' }],
    ['rev2024-06-30/cable.csv', { revision: '2024-06-30' }],
    ['cable.csv', {}],
  ])('reads %s', (path, expected) => {
    expect(parseBdcFileName(path)).toEqual({
      stateFips: undefined,
      providerId: undefined,
      asOfDate: undefined,
      revision: undefined,
      ...expected,
    })
  })

  it('takes the nearest name when a folder says otherwise', () => {
    const path = 'maine_2022-06_rev2022-11-17/bdc_23_Cable_fixed_broadband_J23_05mar2024.zip'
    expect(parseBdcFileName(path)).toMatchObject({ asOfDate: '2023-06-30', revision: '2024-03-05' })
  })
})
