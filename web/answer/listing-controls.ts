import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { ViewProps } from '../page/view.ts'
import type { Provider } from './answer.ts'
import { countFilters, SORT_KEYS } from './listing.ts'
import type { Listing, SortKey } from './listing.ts'

const PRICE_STEPS_CENTS = [3000, 5000, 7500, 10_000]
const SPEED_STEPS_MBPS = [25, 100, 300, 1000]

type SelectEvent = Event & { currentTarget: HTMLSelectElement }

/** Order and filters, with what they leave. They need JavaScript; without it everything is shown in the neutral order. */
export function ListingControls({
  view: { page, state, t },
  all,
  shownCount,
}: ViewProps & { readonly all: readonly Provider[]; readonly shownCount: number }): ComponentChildren {
  const { listing } = state
  const check = (name: 'isWiredOnly' | 'isSymmetricOnly' | 'isNoContractOnly', label: string) =>
    h(
      'label',
      { class: 'filter-check' },
      h('input', {
        type: 'checkbox',
        checked: listing[name],
        onChange: () => page.arrange({ [name]: !listing[name] }),
      }),
      h('span', {}, label),
    )
  const asksForPlan = listing.isNoContractOnly || listing.maxMonthlyCents !== undefined
  return h(
    'section',
    {
      class: `listing needs-script ${state.isListingOpen ? 'listing-opened' : 'listing-folded'}`,
      'aria-label': t.listing.label,
    },
    h(
      'button',
      {
        type: 'button',
        class: 'button-secondary listing-open',
        'aria-expanded': state.isListingOpen,
        onClick: () => page.change({ isListingOpen: !state.isListingOpen }),
      },
      t.listing.open(countFilters(listing)),
      h(Icon, { name: 'chevron', size: 18 }),
    ),
    h(
      'div',
      { class: 'listing-row' },
      h(Choice, {
        id: 'sort',
        label: t.listing.sort,
        value: listing.sort,
        options: SORT_KEYS.map((key) => [key, t.listing.sorts[key] ?? key] as const),
        onChoose: (value) => page.arrange({ sort: value as SortKey }),
      }),
      h(Choice, {
        id: 'max-price',
        label: t.listing.price,
        value: String(listing.maxMonthlyCents ?? ''),
        options: [
          ['', t.listing.anyPrice],
          ...PRICE_STEPS_CENTS.map((cents) => [String(cents), t.listing.underPrice(cents)] as const),
        ],
        onChoose: (value) => page.arrange(toLimit('maxMonthlyCents', value)),
      }),
      h(Choice, {
        id: 'min-speed',
        label: t.listing.speed,
        value: String(listing.minDownloadMbps ?? ''),
        options: [
          ['', t.listing.anySpeed],
          ...SPEED_STEPS_MBPS.map((mbps) => [String(mbps), t.listing.atLeast(mbps)] as const),
        ],
        onChoose: (value) => page.arrange(toLimit('minDownloadMbps', value)),
      }),
    ),
    h(
      'div',
      { class: 'filter-checks', role: 'group', 'aria-label': t.listing.filters },
      check('isWiredOnly', t.listing.wired),
      check('isSymmetricOnly', t.listing.symmetric),
      check('isNoContractOnly', t.listing.noContract),
    ),
    h(
      'div',
      { class: 'listing-result' },
      h(
        'p',
        { role: 'status' },
        countFilters(listing) === 0 ? '' : shownCount === 0 ? t.listing.none : t.listing.shown(shownCount, all.length),
        asksForPlan ? ` ${t.listing.unknownLeftOut}` : '',
      ),
      countFilters(listing) > 0 &&
        h('button', { type: 'button', class: 'button-link', onClick: () => page.showAll() }, t.listing.clear),
    ),
  )
}

function toLimit(name: 'maxMonthlyCents' | 'minDownloadMbps', value: string): Partial<Listing> {
  return { [name]: value === '' ? undefined : Number(value) }
}

interface ChoiceProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, text: string])[]
  readonly onChoose: (value: string) => void
}

function Choice({ id, label, value, options, onChoose }: ChoiceProps): ComponentChildren {
  return h(
    'div',
    { class: 'choice-field' },
    h('label', { for: id }, label),
    h(
      'select',
      { id, value, onChange: (event: SelectEvent) => onChoose(event.currentTarget.value) },
      options.map(([key, text]) => h('option', { key, value: key, selected: key === value }, text)),
    ),
  )
}
