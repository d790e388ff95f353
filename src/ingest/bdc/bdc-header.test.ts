import { describe, expect, it } from 'vitest'
import { parseBdcHeader } from './bdc-header.ts'

const CURRENT =
  'frn,provider_id,brand_name,location_id,technology,max_advertised_download_speed,max_advertised_upload_speed,' +
  'low_latency,business_residential_code,state_usps,block_geoid,h3_res8_id'
const FIRST_RELEASE =
  'provider_id,frn,brand_name,location_id,block_fips,h3index_hex8,technology_code,max_advertised_download_speed,' +
  'max_advertised_upload_speed,low_latency,business_residential_code'

describe('parseBdcHeader', () => {
  it('understands the current header', () => {
    expect(parseBdcHeader(CURRENT.split(','))).toEqual({ outcome: 'availability', columns: CURRENT.split(',') })
  })

  it('calls the columns of the first release by their current names', () => {
    const header = parseBdcHeader(FIRST_RELEASE.split(','))
    expect(header).toMatchObject({ outcome: 'availability' })
    if (header.outcome === 'availability')
      expect(header.columns.slice(4, 7)).toEqual(['block_geoid', 'h3_res8_id', 'technology'])
  })

  it('refuses a file that says only whether a location is served', () => {
    const header = parseBdcHeader(['location_id', 'business_residential_code', 'block_geoid', 'h3_res8_id', 'served'])
    expect(header).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('Served-Unserved') as string })
  })

  it('refuses a provider list', () => {
    const header = parseBdcHeader(['frn', 'provider_id', 'holding_company'])
    expect(header).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('not an availability file') as string,
    })
  })

  it('names what is missing', () => {
    expect(parseBdcHeader(CURRENT.split(',').filter((name) => name !== 'low_latency'))).toEqual({
      outcome: 'refused',
      reason: 'lacks the columns low_latency',
    })
  })

  it('refuses a column that comes twice', () => {
    expect(parseBdcHeader([...CURRENT.split(','), 'frn'])).toMatchObject({ outcome: 'refused' })
  })
})
