/** Where a link out stands on this server. */
export const LINK_ROUTE = '/go/:providerId'

/**
 * The path of the link to a provider's own site. It names the brand where that decides between several sites of one
 * provider, but never a site: a link leads nowhere else than its provider is known to be.
 */
export function writeLinkPath(fccProviderId: number, brandName: string, securityToken: string): string {
  const brand = brandName === '' ? '' : `brand=${encodeURIComponent(brandName.toWellFormed())}&`
  return `/go/${fccProviderId}?${brand}security_token=${securityToken}`
}
