import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { View, ViewProps } from '../page/view.ts'
import type { Strings } from '../strings/en.ts'
import type { LabelLine, Plan, PlanLabel } from './answer.ts'
import type { LabelLineKey as LineKey } from './read-plans.ts'

/** How the label groups its lines; a group without a heading stands on its own line. */
const GROUPS: readonly { readonly heading?: 'charges' | 'speeds'; readonly keys: readonly LineKey[] }[] = [
  { keys: ['monthly_price', 'introductory_rate', 'contract'] },
  { heading: 'charges', keys: ['monthly_fees', 'one_time_fees', 'early_termination_fee', 'government_taxes'] },
  { keys: ['discounts'] },
  { heading: 'speeds', keys: ['typical_download_speed', 'typical_upload_speed', 'typical_latency'] },
  { keys: ['data_included', 'additional_data'] },
  { keys: ['network_management', 'privacy', 'customer_support'] },
]

/** Fees are named by the provider; every other line has the label's own name. */
const NAMED_BY_PROVIDER: readonly LineKey[] = ['monthly_fees', 'one_time_fees']

/** Set in bold on the label. */
const STRONG: readonly LineKey[] = ['monthly_price', 'data_included']

/** A plan's facts in the order and look of the FCC broadband label, said not to be the provider's own. */
export function PlanLabelCard({
  view,
  plan,
  label,
  providerName,
}: ViewProps & { readonly plan: Plan; readonly label: PlanLabel; readonly providerName: string }): ComponentChildren {
  const { t } = view
  const show = (key: LineKey, line: LabelLine, isAlone: boolean) => {
    const isNamedByProvider = NAMED_BY_PROVIDER.includes(key) && !(isAlone && (!line.isStated || line.text === 'None'))
    const name = isNamedByProvider ? inOwnWords(line.name, t) : (t.label.lines[key] ?? line.name)
    const text = line.isStated ? sayLine(key, line, plan, view) : t.label.notStated
    return h(
      'div',
      { key: `${key} ${line.name}`, class: STRONG.includes(key) ? 'label-line label-line-strong' : 'label-line' },
      h('dt', {}, name),
      h(
        'dd',
        {},
        line.url === undefined ? text : h('a', { href: line.url, rel: 'noopener noreferrer', target: '_blank' }, text),
      ),
    )
  }
  return h(
    'div',
    { class: 'label-card' },
    h('p', { class: 'label-title' }, t.label.title),
    h('p', { class: 'label-provider' }, providerName),
    h('p', { class: 'label-plan' }, plan.name),
    GROUPS.map(({ heading, keys }, index) =>
      h(
        'section',
        { key: index, class: 'label-group' },
        heading !== undefined && h('p', { class: 'label-heading' }, t.label.headings[heading]),
        h(
          'dl',
          {},
          keys.flatMap((key) => {
            const lines = label.lines[key] ?? []
            return lines.map((line) => show(key, line, lines.length === 1))
          }),
        ),
      ),
    ),
    label.uniquePlanIdentifier !== undefined &&
      h('p', { class: 'label-identifier' }, `${t.label.identifier}: `, h('b', {}, label.uniquePlanIdentifier)),
    h('p', { class: 'label-note' }, t.label.note),
  )
}

/** The text of a line in the page's language, as far as it is Hum that words it. */
function sayLine(
  key: LineKey,
  { text, url }: LabelLine,
  { firstMonthlyCents, introductoryMonths, laterMonthlyCents, autopayDiscountCents }: Plan,
  { t, format }: View,
): ComponentChildren {
  if (key === 'introductory_rate' && firstMonthlyCents !== undefined && introductoryMonths && laterMonthlyCents) {
    return t.label.introductory(firstMonthlyCents, introductoryMonths, laterMonthlyCents)
  }
  if (key === 'discounts' && autopayDiscountCents && text.endsWith('off with AutoPay')) {
    return t.plan.autopay(autopayDiscountCents)
  }
  if (text === url) return t.label.ownSite
  return key === 'customer_support' ? format.telephone(text) : inOwnWords(text, t)
}

/** A text in the page's language, or the provider's own words, marked as the English that they are. */
function inOwnWords(text: string, t: Strings): ComponentChildren {
  return t.label.say(text) ?? h('span', { lang: 'en' }, text)
}
