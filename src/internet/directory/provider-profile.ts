import type { Plan } from '../../dataset/plans/plan.ts'
import { findDirectoryEntry } from './find-directory-entry.ts'

/** A fact with where it comes from. */
export interface StatedFact {
  readonly value: string
  readonly from: 'directory' | 'label'
}

/** How to reach a provider. What nobody states is absent. */
export interface ProviderProfile {
  /** E.164. */
  readonly telephone?: StatedFact | undefined
  /** The provider's own site: where a link out leads. */
  readonly website?: StatedFact | undefined
  readonly supportUrl?: StatedFact | undefined
}

/**
 * Telephone and sites of a provider: from the directory, else from its labels, which must state a support line and
 * pages. The site is then that of the label's pages, without the path.
 */
export function describeProvider(
  { providerId, brandName }: { readonly providerId: number; readonly brandName: string },
  plans: readonly Plan[] = [],
): ProviderProfile {
  const entry = findDirectoryEntry(providerId, brandName)
  const fact = (
    known: string | null | undefined,
    stated: (plan: Plan) => string | undefined,
  ): StatedFact | undefined => {
    if (known) return { value: known, from: 'directory' }
    const value = plans
      .values()
      .map(stated)
      .find((candidate) => candidate !== undefined)
    return value === undefined ? undefined : { value, from: 'label' }
  }
  return {
    telephone: fact(entry?.telephone, ({ supportPhone }) => supportPhone),
    website: fact(entry?.website, ({ supportUrl, discountsUrl }) => siteOf(supportUrl ?? discountsUrl)),
    supportUrl: fact(entry?.supportUrl, ({ supportUrl }) => supportUrl),
  }
}

function siteOf(url: string | undefined): string | undefined {
  const parsed = url === undefined ? null : URL.parse(url)
  return parsed ? `https://${parsed.host}/` : undefined
}
