import type { ProviderIndex } from '../dataset/coverage/provider-index.ts'
import { cleanBrandName } from './directory/clean-brand-name.ts'
import { findDirectoryEntry } from './directory/find-directory-entry.ts'

/** Brands that name a technology or nothing. */
const GENERIC =
  /^([avs]*dsl|fib(er|re)( optics?)?|cable|internet|broadband|(fixed )?wireless|copper|satellite|o\.?p\.?e\.?n\.?x?\.?|n\/?a|none|null|unknown|other)?$/i

/**
 * Gives the name under which people know a provider, from its FCC id and the brand that it filed; without a brand, from
 * the one that it files under everywhere.
 */
export type DisplayNames = (providerId: number, brandName?: string) => string

/**
 * Names providers from the directory; those that it does not know by the brand they filed, cleaned, or by their company
 * where the brand is empty or merely names a technology.
 *
 * Remembers what it worked out, of which there is no more than brands in the data set.
 */
export function openDisplayNames(providers: ProviderIndex): DisplayNames {
  const names = new Map<string, string>()
  return (providerId, brandName = providers.findProvider(providerId)?.onlyBrandName ?? '') => {
    const key = `${providerId} ${brandName}`
    let name = names.get(key)
    if (name === undefined) {
      name = findDirectoryEntry(providerId, brandName)?.displayName ?? nameUnlisted(providerId, brandName, providers)
      names.set(key, name)
    }
    return name
  }
}

function nameUnlisted(providerId: number, brandName: string, providers: ProviderIndex): string {
  const brand = cleanBrandName(brandName)
  if (!GENERIC.test(brand)) return brand
  const company = cleanBrandName(providers.findProvider(providerId)?.name ?? '')
  return company || brand || `Provider ${providerId}`
}
