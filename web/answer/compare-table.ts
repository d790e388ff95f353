import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { View, ViewProps } from '../page/view.ts'
import type { Provider } from './answer.ts'
import { findCompared } from './compared-item.ts'
import type { ComparedItem } from './compared-item.ts'
import { describeShare } from './offering-row.ts'
import { VerdictChip } from './verdict-chip.ts'

/** What was chosen, side by side: a table with a heading to each row and column. */
export function CompareTable({
  view,
  providers,
}: ViewProps & { readonly providers: readonly Provider[] }): ComponentChildren {
  const { page, state, t } = view
  const items = findCompared(providers, state.compared)
  if (items.length < 2) return null
  return h(
    'section',
    { class: 'compare', id: 'compare', 'aria-labelledby': 'compare-heading' },
    h('h3', { id: 'compare-heading', tabIndex: -1 }, t.compare.heading),
    h(
      'div',
      { class: 'compare-scroll', role: 'group', 'aria-labelledby': 'compare-heading', tabIndex: 0 },
      h(
        'table',
        { class: `compare-table compare-of-${items.length}` },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, h('span', { class: 'visually-hidden' }, t.compare.rows.provider)),
            items.map((item) =>
              h(
                'th',
                { key: item.key, scope: 'col' },
                h('span', { class: 'compare-provider' }, item.provider.name),
                h('span', { class: 'compare-plan' }, nameItem(item, view)),
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'compare-remove needs-script',
                    'aria-label': t.compare.remove(`${item.provider.name} ${nameItem(item, view)}`),
                    onClick: () => page.toggleCompared(item.key),
                  },
                  h(Icon, { name: 'cross', size: 16 }),
                ),
              ),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          listRows(view, items).map(([heading, cell]) =>
            h(
              'tr',
              { key: heading },
              h('th', { scope: 'row' }, heading),
              items.map((item) =>
                h('td', { key: item.key }, cell(item) ?? h('span', { class: 'compare-unknown' }, t.compare.unknown)),
              ),
            ),
          ),
        ),
      ),
    ),
  )
}

function nameItem({ plan, offering }: ComparedItem, { t }: View): string {
  return plan?.name ?? t.technologies[offering?.technology ?? 'Other'] ?? ''
}

type Cell = (item: ComparedItem) => ComponentChildren | undefined

/** Rows of which at least one column is known; the price is always said, if only as not known. */
function listRows(view: View, items: readonly ComparedItem[]): readonly (readonly [heading: string, cell: Cell])[] {
  const { t, format } = view
  const { rows } = t.compare
  const cells: [heading: string, cell: Cell][] = [
    [rows.technology, ({ plan, offering }) => t.technologies[offering?.technology ?? ''] ?? plan?.technology],
    [rows.download, ({ plan, offering }) => describeSpeed(plan?.downloadSpeed, offering?.maxDownloadMbps, view)],
    [rows.upload, ({ plan, offering }) => describeSpeed(plan?.uploadSpeed, offering?.maxUploadMbps, view)],
    [
      rows.verdict,
      ({ offering }) =>
        offering?.verdict && [
          h(VerdictChip, { offering, t }),
          h('span', { class: 'compare-share' }, describeShare(offering, view)),
          offering.confirmation && h('b', { class: 'compare-share' }, t.confirmations[offering.confirmation.result]),
        ],
    ],
    [
      rows.now,
      ({ plan }) =>
        plan?.firstMonthlyCents !== undefined && h('b', {}, format.money(plan.firstMonthlyCents), t.plan.perMonth),
    ],
    [
      rows.later,
      ({ plan }) =>
        plan?.introductoryMonths === undefined || plan.introductoryMonths === 0
          ? plan?.firstMonthlyCents !== undefined && t.plan.same
          : plan.laterMonthlyCents === undefined
            ? t.plan.laterUnknown
            : t.plan.thenAfter(plan.introductoryMonths, plan.laterMonthlyCents),
    ],
    [
      rows.twoYears,
      ({ plan }) =>
        plan?.twoYearCents !== undefined &&
        (plan.isTwoYearLowerBound ? t.plan.atLeast(plan.twoYearCents) : t.plan.exactly(plan.twoYearCents)),
    ],
    [
      rows.contract,
      ({ plan }) =>
        plan?.isContractRequired !== undefined && (plan.isContractRequired ? t.plan.contract : t.plan.noContract),
    ],
    [rows.data, ({ plan }) => plan?.dataAllowance && (t.label.say(plan.dataAllowance) ?? plan.dataAllowance)],
    [rows.asOf, ({ offering }) => offering?.asOfDate && format.date(offering.asOfDate)],
  ]
  return cells
    .map(([heading, cell]): [string, Cell] => [heading, (item) => cell(item) || undefined])
    .filter(([heading, cell]) => heading === rows.now || items.some((item) => cell(item) !== undefined))
}

function describeSpeed(
  ofPlan: string | undefined,
  ofOffering: number | undefined,
  { t, format }: View,
): string | undefined {
  if (ofPlan !== undefined) return format.speed(ofPlan)
  if (ofOffering === undefined) return undefined
  return ofOffering === 0 ? t.offering.below : `${t.offering.upTo} ${format.speed(ofOffering)}`
}
