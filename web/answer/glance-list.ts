import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { View, ViewProps } from '../page/view.ts'
import type { Offering, Provider } from './answer.ts'
import { VerdictChip } from './verdict-chip.ts'

/** The whole answer in one look: a line for each provider, which leads to its card. */
export function GlanceList({
  view,
  providers,
}: ViewProps & { readonly providers: readonly Provider[] }): ComponentChildren {
  return h(
    'ol',
    { class: 'glance', 'aria-label': view.t.answer.glance },
    providers.map((provider) => h('li', { key: provider.id }, h(GlanceLine, { view, provider }))),
  )
}

function GlanceLine({ view, provider }: ViewProps & { readonly provider: Provider }): ComponentChildren {
  const { page, t, format } = view
  const { id, name, lowestPriceCents } = provider
  const offering = chooseOffering(provider)
  return h(
    'a',
    {
      class: 'glance-line',
      href: `#provider-${id}`,
      onClick: (event: Event) => {
        event.preventDefault()
        page.focus(`provider-${id}`)
      },
    },
    h('b', { class: 'glance-name' }, name),
    h('span', { class: 'glance-technology' }, t.technologies[offering?.technology ?? ''] ?? offering?.technology),
    h('span', { class: 'glance-speed' }, offering && describeSpeeds(offering, view)),
    h(
      'span',
      { class: 'glance-price' },
      lowestPriceCents === undefined
        ? h('span', { class: 'glance-unknown' }, t.plan.priceUnknownShort)
        : [t.provider.fromShort, ' ', h('b', { key: 'price' }, format.money(lowestPriceCents, true)), t.plan.perMonth],
    ),
    h('span', { class: 'glance-verdict' }, offering && h(VerdictChip, { offering, t })),
    h(Icon, { name: 'chevron', size: 18 }),
  )
}

/** The fastest of what the provider does not itself refuse. */
function chooseOffering({ offerings }: Provider): Offering | undefined {
  const standing = offerings.filter(({ confirmation }) => confirmation?.result !== 'refused')
  return (standing.length > 0 ? standing : offerings).toSorted((a, b) => b.maxDownloadMbps - a.maxDownloadMbps)[0]
}

function describeSpeeds({ maxDownloadMbps, maxUploadMbps }: Offering, { t, format }: View): ComponentChildren {
  if (maxDownloadMbps === 0) return t.offering.below
  const speed = (icon: 'down' | 'up', name: string, mbps: number) =>
    h(
      'span',
      { key: icon },
      h(Icon, { name: icon, size: 14 }),
      h('span', { class: 'visually-hidden' }, `${name} ${t.offering.upTo} `),
      format.speed(mbps),
    )
  return [
    speed('down', t.offering.download, maxDownloadMbps),
    ' ',
    maxUploadMbps > 0 && speed('up', t.offering.upload, maxUploadMbps),
  ]
}
