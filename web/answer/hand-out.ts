import type { Locale } from '../format.ts'
import type { AddressForm } from '../page/page-state.ts'

/** Puts a text on the clipboard; rejects where the browser does not allow it. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
}

/** Has the browser save a text as a file; nothing is sent anywhere. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** A link that repeats the search. The address stands behind the `#`, which browsers never send to a server. */
export function linkToSearch(
  { entry, line, unit, street, city, state, zip }: AddressForm,
  { origin, locale }: { readonly origin: string; readonly locale: Locale },
): string {
  const region = [state, zip].filter(Boolean).join(' ')
  const address = entry === 'line' ? line : [street, city, region].filter(Boolean).join(', ')
  const fragment = new URLSearchParams({ address, ...(unit && { unit }) })
  return `${origin}/?lang=${locale}#${fragment.toString()}`
}

/** Reads what `linkToSearch` wrote behind the `#`. */
export function readSearchLink(fragment: string): { readonly line: string; readonly unit: string } | undefined {
  const params = new URLSearchParams(fragment.replace(/^#/, ''))
  const line = params.get('address')
  return line === null ? undefined : { line, unit: params.get('unit') ?? '' }
}
