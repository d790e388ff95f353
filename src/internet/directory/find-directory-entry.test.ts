import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { findDirectoryEntry, findDirectoryEntryByFrn } from './find-directory-entry.ts'
import type { DirectoryEntry } from './find-directory-entry.ts'

const directory = JSON.parse(readFileSync(new URL('directory.json', import.meta.url), 'utf8')) as {
  sources: Record<string, string>
  entries: (DirectoryEntry & { readonly telephoneSource?: string })[]
}
const UNITS = '../shared/data/bdc/providers/provider_holding_company_units_J25_aggregated.csv'
const TABLE = '../shared/data/bdc/providers/bdc_provider_id_table_cori.csv'

const readTable = (file: string): Record<string, string>[] => parse(readFileSync(file), { columns: true })

describe('findDirectoryEntry', () => {
  it.each([
    [130235, 'Spectrum'],
    [130317, 'Xfinity'],
    [130335, 'Fidium Fiber'],
    [430076, 'Starlink'],
    [290111, 'Viasat'],
    [130627, 'HughesNet'],
  ])('knows %i as %s', (providerId, name) => {
    expect(findDirectoryEntry(providerId)?.displayName).toBe(name)
  })

  it('tells the brands of one provider apart by what it filed', () => {
    expect(findDirectoryEntry(130228)?.displayName).toBe('CenturyLink')
    expect(findDirectoryEntry(130228, 'quantum fiber ')).toMatchObject({
      displayName: 'Quantum Fiber',
      website: 'https://www.quantumfiber.com',
    })
  })

  it('knows nothing of others', () => {
    expect(findDirectoryEntry(1)).toBeUndefined()
  })
})

describe('the directory', () => {
  it('holds each provider once, and of every fact a source', () => {
    const ids = directory.entries.map((entry) => entry.providerId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const entry of directory.entries) {
      const isFact = (key: string) => !['providerId', 'brands', 'telephoneSource'].includes(key)
      const facts = Object.keys(entry).filter(isFact)
      expect(facts.sort()).toEqual(Object.keys(directory.sources).sort())
    }
  })

  it('writes telephones as E.164 of the US, sites as https', () => {
    const phones = directory.entries.map((entry) => entry.telephone).filter((phone) => phone !== null)
    const sites = directory.entries.flatMap((entry) => [entry.website, entry.supportUrl])
    expect(phones.length).toBeGreaterThanOrEqual(40)
    for (const phone of phones) expect(phone).toMatch(/^\+1[2-9]\d{2}[2-9]\d{6}$/)
    for (const site of sites.filter((site) => site !== null)) expect(new URL(site ?? '').protocol).toBe('https:')
  })

  it('says where a telephone stands, and nothing of one that is not known', () => {
    const stated = directory.entries.filter(({ telephoneSource }) => telephoneSource !== undefined)
    expect(stated.length).toBeGreaterThanOrEqual(10)
    for (const { telephone, telephoneSource } of stated) {
      expect(telephone).not.toBeNull()
      expect(telephoneSource).not.toBe('')
    }
  })

  it('gives each registration number to one provider', () => {
    for (const { providerId, frns } of directory.entries) {
      for (const frn of frns) {
        expect(frn).toMatch(/^\d{10}$/)
        expect(findDirectoryEntryByFrn(frn)?.providerId).toBe(providerId)
      }
    }
    const frns = directory.entries.flatMap((entry) => entry.frns)
    expect(new Set(frns).size).toBe(frns.length)
  })

  it('gives each name met in filings to one provider, and resolves those of brands', () => {
    const owners = new Map<string, number>()
    for (const { providerId, filedAs, brands = [] } of directory.entries) {
      for (const alias of [...filedAs, ...brands.flatMap((brand) => brand.filedAs)]) {
        expect(alias.trim()).toBe(alias)
        expect(owners.get(alias.toLowerCase()) ?? providerId, alias).toBe(providerId)
        owners.set(alias.toLowerCase(), providerId)
      }
      for (const brand of brands) {
        for (const alias of brand.filedAs) {
          expect(findDirectoryEntry(providerId, alias.toUpperCase())?.displayName).toBe(brand.name)
        }
      }
    }
  })

  it.skipIf(!existsSync(UNITS))('holds the 100 largest providers of the US by units', () => {
    const units = new Map<number, number>()
    for (const row of readTable(UNITS)) {
      const providerId = Number(row['provider_id'])
      units.set(providerId, (units.get(providerId) ?? 0) + Number(row['unit_count_res']))
    }
    const largest = [...units].sort(([, a], [, b]) => b - a).slice(0, 100)
    expect(largest.filter(([providerId]) => findDirectoryEntry(providerId) === undefined)).toEqual([])
  })

  it.skipIf(!existsSync(TABLE) || !existsSync(UNITS))('names providers that the FCC knows, by its own numbers', () => {
    const known = new Set([...readTable(TABLE), ...readTable(UNITS)].map((row) => Number(row['provider_id'])))
    expect(directory.entries.filter(({ providerId }) => !known.has(providerId))).toEqual([])
  })

  it.skipIf(!existsSync(TABLE))('gives registration numbers as the FCC table does', () => {
    for (const { frn = '', provider_id: providerId } of readTable(TABLE)) {
      const entry = findDirectoryEntry(Number(providerId))
      if (entry) expect(entry.frns).toContain(frn)
      else expect(findDirectoryEntryByFrn(frn)).toBeUndefined()
    }
  })
})
