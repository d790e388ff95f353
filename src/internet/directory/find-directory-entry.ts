import { readFileSync } from 'node:fs'

/** A name under which a provider sells beside its main one, such as Quantum Fiber of CenturyLink. */
interface Brand {
  readonly name: string
  readonly website: string | null
  readonly filedAs: readonly string[]
}

/** A provider as people know it. What is not known for sure is null. */
export interface DirectoryEntry {
  /** FCC provider id. */
  readonly providerId: number
  /** The name that it sells under. */
  readonly displayName: string
  /** FCC registration numbers that it files under, ten digits each. */
  readonly frns: readonly string[]
  /** Brands and legal names met in filings. */
  readonly filedAs: readonly string[]
  /** For customers, E.164. */
  readonly telephone: string | null
  readonly website: string | null
  readonly supportUrl: string | null
  readonly brands?: readonly Brand[] | undefined
}

interface Directory {
  /** Fact → where it comes from. */
  readonly sources: Readonly<Record<string, string>>
  readonly entries: readonly DirectoryEntry[]
}

const directory = JSON.parse(readFileSync(new URL('directory.json', import.meta.url), 'utf8')) as Directory
const byId = new Map(directory.entries.map((entry) => [entry.providerId, entry]))
const byFrn = new Map(directory.entries.flatMap((entry) => entry.frns.map((frn) => [frn, entry])))

/**
 * A provider of the hand-kept directory, which holds the 100 largest of the US by units and some that people ask for;
 * `undefined` for every other.
 *
 * Given the brand of a filing, the answer carries the name and site of that brand where the provider sells under
 * several: 130228 is CenturyLink, and Quantum Fiber where that was filed.
 */
export function findDirectoryEntry(providerId: number, filedBrand = ''): DirectoryEntry | undefined {
  const entry = byId.get(providerId)
  const filed = filedBrand.trim().toLowerCase()
  const brand = entry?.brands?.find(({ filedAs }) => filedAs.some((alias) => alias.toLowerCase() === filed))
  if (!entry || !brand) return entry
  return { ...entry, displayName: brand.name, website: brand.website ?? entry.website }
}

/** The provider of the directory that files under an FCC registration number of ten digits. */
export function findDirectoryEntryByFrn(frn: string): DirectoryEntry | undefined {
  return byFrn.get(frn)
}
