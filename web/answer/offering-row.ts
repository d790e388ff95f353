import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { View, ViewProps } from '../page/view.ts'
import type { Offering, Provider } from './answer.ts'
import { CompareToggle } from './compare-toggle.ts'
import { offeringKey } from './compared-item.ts'
import { ShareDrawing } from './share-drawing.ts'
import { VerdictChip } from './verdict-chip.ts'

/** One technology of a provider: speeds large, then how sure it is and since when that is known. */
export function OfferingRow({
  view,
  offering,
  provider,
}: ViewProps & { readonly offering: Offering; readonly provider: Provider }): ComponentChildren {
  const { t } = view
  const technology = t.technologies[offering.technology] ?? offering.technology
  return h(
    'div',
    { class: 'offering' },
    h(
      'div',
      { class: 'offering-head' },
      h('span', { class: 'technology' }, technology),
      h(VerdictChip, { offering, t }),
      provider.plans.length === 0 &&
        h(CompareToggle, { view, itemKey: offeringKey(provider, offering), name: `${provider.name}, ${technology}` }),
    ),
    h(
      'dl',
      { class: 'speeds' },
      h(Speed, { view, icon: 'down', name: t.offering.download, mbps: offering.maxDownloadMbps }),
      h(Speed, { view, icon: 'up', name: t.offering.upload, mbps: offering.maxUploadMbps }),
    ),
    offering.share !== undefined &&
      h(
        'p',
        { class: 'share' },
        h(ShareDrawing, { filed: offering.share.filed, all: offering.share.all }),
        h('span', {}, describeShare(offering, view)),
      ),
    offering.confirmation !== undefined &&
      h(
        'p',
        { class: `confirmation confirmation-${offering.confirmation.result}` },
        h(Icon, { name: offering.confirmation.result === 'confirmed' ? 'check' : 'cross', size: 18 }),
        t.confirmations[offering.confirmation.result],
      ),
    offering.asOfDate !== undefined && h('p', { class: 'as-of' }, t.offering.asOf(offering.asOfDate)),
  )
}

function Speed({
  view: { t, format },
  icon,
  name,
  mbps,
}: ViewProps & { readonly icon: 'down' | 'up'; readonly name: string; readonly mbps: number }): ComponentChildren {
  const [value, unit] = format.speed(mbps).split(' ')
  return h(
    'div',
    { class: `speed speed-${icon}` },
    h('dt', {}, h(Icon, { name: icon, size: 16 }), name),
    mbps === 0
      ? h('dd', { class: 'speed-below', title: t.offering.belowNote }, t.offering.below)
      : h(
          'dd',
          {},
          h('span', { class: 'visually-hidden' }, `${t.offering.upTo} `),
          h('b', {}, value),
          h('span', { class: 'speed-unit' }, ` ${unit ?? ''}`),
        ),
  )
}

/** The share in words: `Reported for 12 of the 13 homes in this block`. */
export function describeShare({ share, precision }: Offering, { t }: View): string {
  if (share === undefined) return ''
  if (precision === 'location' && share.all === 1) return t.share.exact
  const isPart = share.isPartOfBlock && precision === 'block_and_hexagon'
  const area = t.share.areas[isPart ? 'part_of_block' : (precision ?? 'block')] ?? ''
  if (share.all === 1) return t.share.one(area)
  return share.filed >= share.all ? t.share.all(share.all, area) : t.share.some(share.filed, share.all, area)
}
