import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { ViewProps } from '../page/view.ts'
import type { Plan, Provider, RankReason } from './answer.ts'
import { OfferingRow } from './offering-row.ts'
import { PlanRow } from './plan-row.ts'

const PLANS_AT_FIRST = 2

/** One provider: what it reports here, its plans, how to reach it, and why it stands where it stands. */
export function ProviderCard({ view, provider }: ViewProps & { readonly provider: Provider }): ComponentChildren {
  const { t } = view
  const headingId = `provider-${provider.id}`
  return h(
    'article',
    { class: 'provider', 'aria-labelledby': headingId },
    h(
      'header',
      { class: 'provider-head' },
      h(ProviderLogo, { view, provider }),
      h('h3', { id: headingId, tabIndex: -1 }, provider.name),
      provider.lowestPriceCents !== undefined &&
        h('p', { class: 'provider-from' }, t.provider.from(provider.lowestPriceCents)),
    ),
    h(
      'ul',
      { class: 'offerings' },
      provider.offerings.map((offering) =>
        h(
          'li',
          { key: `${offering.technology} ${offering.maxDownloadMbps}` },
          h(OfferingRow, { view, offering, provider }),
        ),
      ),
    ),
    provider.plans.length > 0
      ? h(PlanList, { view, provider })
      : h('p', { class: 'no-plans' }, h(Icon, { name: 'info', size: 18 }), t.provider.noPlans),
    h(ProviderFoot, { view, provider }),
  )
}

/** The first plans, which are the cheapest, and the others on demand. */
function PlanList({ view, provider }: ViewProps & { readonly provider: Provider }): ComponentChildren {
  const { t } = view
  const { plans, name } = provider
  const list = (shown: readonly Plan[]) =>
    h(
      'ul',
      { class: 'plan-list' },
      shown.map((plan) => h('li', { key: plan.key }, h(PlanRow, { view, plan, provider }))),
    )
  const others = plans.slice(PLANS_AT_FIRST)
  return h(
    'section',
    { class: 'plans', 'aria-label': `${name}: ${t.provider.plans(plans.length)}` },
    h('h4', {}, t.provider.plans(plans.length)),
    list(plans.slice(0, PLANS_AT_FIRST)),
    others.length > 0 &&
      h('details', { class: 'more-plans' }, h('summary', {}, t.provider.morePlans(others.length)), list(others)),
    h('p', { class: 'hint' }, t.provider.basis),
  )
}

/** The logo that the server has, else the first letters of the name. */
function ProviderLogo({
  view,
  provider: { logoUrl, name },
}: ViewProps & { readonly provider: Provider }): ComponentChildren {
  if (logoUrl !== undefined) {
    return h('img', {
      class: 'provider-logo',
      src: view.state.site.origin + logoUrl,
      alt: '',
      width: 44,
      height: 44,
      loading: 'lazy',
    })
  }
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? '')
    .join('')
    .toUpperCase()
  return h('span', { class: 'provider-logo provider-initials', 'aria-hidden': 'true' }, initials)
}

function ProviderFoot({ view, provider }: ViewProps & { readonly provider: Provider }): ComponentChildren {
  const { page, t, format } = view
  const { name, telephone, url, rankReasons } = provider
  return h(
    'footer',
    { class: 'provider-foot' },
    url !== undefined &&
      h(
        'a',
        {
          class: 'button-secondary',
          href: url.startsWith('/') ? view.state.site.origin + url : url,
          target: '_blank',
          rel: 'noopener noreferrer nofollow',
          'aria-label': t.provider.visitName(name),
          onClick: () => page.leave(provider),
        },
        t.provider.visit,
        h(Icon, { name: 'external', size: 16 }),
      ),
    telephone !== undefined &&
      h(
        'a',
        {
          class: 'button-quiet',
          href: `tel:${telephone}`,
          'aria-label': t.provider.call(name, format.telephone(telephone)),
        },
        h(Icon, { name: 'phone', size: 16 }),
        format.telephone(telephone),
      ),
    rankReasons.length > 0 &&
      h('details', { class: 'why' }, h('summary', {}, t.provider.why), h(RankReasons, { view, reasons: rankReasons })),
  )
}

/** What each criterion gave, so that anybody can add the order up. */
function RankReasons({
  view: { t, format },
  reasons,
}: ViewProps & { readonly reasons: readonly RankReason[] }): ComponentChildren {
  const sum = reasons.reduce((total, { points }) => total + points, 0)
  return h(
    'div',
    { class: 'rank' },
    h('p', { class: 'hint' }, t.rank.text),
    h(
      'table',
      {},
      h('caption', { class: 'visually-hidden' }, t.provider.why),
      h(
        'tbody',
        {},
        reasons.map(({ criterion, points, mostPoints }) =>
          h(
            'tr',
            { key: criterion },
            h('th', { scope: 'row' }, t.rank.criteria[criterion] ?? criterion),
            h('td', {}, t.rank.points(format.number(points), format.number(mostPoints))),
          ),
        ),
        h('tr', {}, h('th', { scope: 'row' }, t.rank.sum), h('td', {}, format.number(sum))),
      ),
    ),
  )
}
