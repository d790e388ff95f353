import type { ProviderIndex } from '../dataset/provider-index.ts'

/** Brands that name a technology or nothing, as filed. */
const GENERIC =
  /^(v?dsl|adsl|fiber|fibre|cable|internet|broadband|wireless|copper|o\.?p\.?e\.?n\.?x?\.?|n\/?a|none|unknown)?$/i

/**
 * The name under which people know a provider: from the directory, else the filed brand, else the company of the FCC's
 * table where the brand is empty or merely names a technology.
 */
export function displayName(providerId: number, brandName: string, providers: ProviderIndex): string {
  if (!GENERIC.test(brandName)) return brandName
  return providers.findProvider(providerId)?.name ?? (brandName === '' ? `Provider ${providerId}` : brandName)
}
