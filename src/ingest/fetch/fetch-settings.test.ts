import { describe, expect, it } from 'vitest'
import { readFetchSettings } from './fetch-settings.ts'

describe('readFetchSettings', () => {
  it('takes the publishers where nothing is set', () => {
    expect(readFetchSettings({})).toMatchObject({
      tigerUrl: 'https://www2.census.gov/geo/tiger',
      fccUrl: 'https://broadbandmap.fcc.gov/api/public/map',
      geonamesUrl: 'https://download.geonames.org/export/zip',
      fccAccount: undefined,
    })
  })

  it('takes a mirror, with or without a slash at the end', () => {
    expect(readFetchSettings({ HUM_TIGER_URL: 'http://mirror.example/tiger/' }).tigerUrl).toBe(
      'http://mirror.example/tiger',
    )
  })

  it.each(['mirror.example', 'ftp://mirror.example', 'file:///etc'])('refuses %s as an address', (url) => {
    expect(() => readFetchSettings({ HUM_FCC_URL: url })).toThrow('HUM_FCC_URL has to be an address')
  })

  it('refuses half an account', () => {
    expect(() => readFetchSettings({ HUM_FCC_USERNAME: 'someone' })).toThrow('Set both')
  })
})
