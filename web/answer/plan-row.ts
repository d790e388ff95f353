import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { View, ViewProps } from '../page/view.ts'
import type { Plan, Provider } from './answer.ts'
import { CompareToggle } from './compare-toggle.ts'
import { MonthsDrawing } from './months-drawing.ts'
import { PlanLabelCard } from './plan-label-card.ts'

/** A plan: price now, price later, two years in total; opens as a card laid out like the FCC's label. */
export function PlanRow({
  view,
  plan,
  provider,
}: ViewProps & { readonly plan: Plan; readonly provider: Provider }): ComponentChildren {
  const { page, state, t } = view
  const isSaved = state.saved.includes(plan.key)
  return h(
    'div',
    { class: 'plan' },
    h(
      'div',
      { class: 'plan-head' },
      h(
        'div',
        { class: 'plan-name' },
        h('h5', {}, plan.name),
        h('p', { class: 'plan-speeds' }, describeSpeeds(plan, view)),
      ),
      h(PlanPrice, { view, plan }),
      plan.monthsCents.length > 0 &&
        Math.max(...plan.monthsCents) > 0 &&
        h(MonthsDrawing, { monthsCents: plan.monthsCents }),
    ),
    h(
      'ul',
      { class: 'plan-notes' },
      describePlan(plan, view).map((note) => h('li', { key: note }, note)),
    ),
    h(
      'div',
      { class: 'plan-actions' },
      plan.label !== undefined &&
        h(
          'details',
          { class: 'plan-label-details' },
          h('summary', {}, t.plan.details),
          h(PlanLabelCard, { view, plan, label: plan.label, providerName: provider.name }),
        ),
      h(CompareToggle, { view, itemKey: plan.key, name: `${provider.name} ${plan.name}` }),
      h(
        'button',
        {
          type: 'button',
          class: 'save needs-script',
          'aria-pressed': isSaved,
          'aria-label': t.plan.save(plan.name),
          onClick: () => page.toggleSaved(plan.key),
        },
        h(Icon, { name: 'bookmark', size: 18 }),
        t.plan.saveShort,
      ),
    ),
  )
}

function PlanPrice({ view: { t, format }, plan }: ViewProps & { readonly plan: Plan }): ComponentChildren {
  const { firstMonthlyCents, laterMonthlyCents, introductoryMonths } = plan
  if (firstMonthlyCents === undefined) return h('p', { class: 'plan-price plan-price-unknown' }, t.plan.priceUnknown)
  const changes = introductoryMonths !== undefined && introductoryMonths > 0
  return h(
    'p',
    { class: 'plan-price' },
    h('b', {}, format.money(firstMonthlyCents)),
    h('span', {}, t.plan.perMonth),
    changes &&
      h(
        'span',
        { class: 'plan-later' },
        laterMonthlyCents === undefined ? t.plan.laterUnknown : t.plan.thenAfter(introductoryMonths, laterMonthlyCents),
      ),
  )
}

function describeSpeeds({ downloadSpeed, uploadSpeed, technology }: Plan, { t, format }: View): string {
  const speeds = [
    downloadSpeed && `↓ ${format.speed(downloadSpeed)}`,
    uploadSpeed && `↑ ${format.speed(uploadSpeed)}`,
  ].filter(Boolean)
  const name = Object.entries(t.technologies).find(([key]) => key.toLowerCase() === technology?.toLowerCase())?.[1]
  return [...speeds, name].filter(Boolean).join(' · ')
}

function describePlan(plan: Plan, { t, format }: View): string[] {
  const {
    twoYearCents,
    isTwoYearLowerBound,
    isContractRequired,
    dataAllowance,
    oneTimeFeesCents,
    autopayDiscountCents,
  } = plan
  const unknown = plan.unknownParts.map(({ part, fee }) => fee ?? t.plan.unknownParts[part] ?? part)
  return [
    twoYearCents !== undefined &&
      `${t.plan.twoYears}: ${isTwoYearLowerBound ? t.plan.atLeast(twoYearCents) : t.plan.exactly(twoYearCents)}`,
    isContractRequired !== undefined && (isContractRequired ? t.plan.contract : t.plan.noContract),
    dataAllowance !== undefined && t.plan.data(t.label.say(dataAllowance) ?? dataAllowance),
    oneTimeFeesCents !== undefined && oneTimeFeesCents > 0 && t.plan.oneTimeFees(oneTimeFeesCents),
    autopayDiscountCents !== undefined && autopayDiscountCents > 0 && t.plan.autopay(autopayDiscountCents),
    unknown.length > 0 && t.plan.unknown(format.list([...new Set(unknown)])),
  ].filter((note) => note !== false)
}
