/** What a column of a label file can hold. A mapping file names these. */
export const LABEL_FIELDS = [
  'provider',
  'planName',
  'tierName',
  'upi',
  'frn',
  'planCode',
  'connection',
  'technology',
  'customer',
  'price',
  'priceAfterIntro',
  'introFlag',
  'introPrice',
  'introMonths',
  'introText',
  'billingMonths',
  'contractFlag',
  'contractMonths',
  'contractUrl',
  'contractText',
  'monthlyFees',
  'monthlyFeeNames',
  'namedMonthlyFee',
  'passThroughFees',
  'oneTimeFees',
  'oneTimeFeeNames',
  'namedOneTimeFee',
  'earlyTermination',
  'earlyTerminationText',
  'taxes',
  'autopay',
  'discounts',
  'discountsUrl',
  'speeds',
  'download',
  'downloadHigh',
  'downloadUnit',
  'upload',
  'uploadHigh',
  'uploadUnit',
  'latency',
  'latencyHigh',
  'data',
  'extraDataFee',
  'extraDataAmount',
  'dataPolicyUrl',
  'restrictions',
  'currency',
  'networkManagementUrl',
  'privacyUrl',
  'supportUrl',
  'supportPhone',
] as const

export type LabelField = (typeof LABEL_FIELDS)[number]

const INTRO = String.raw`(intro\w*|promo\w*)`
const ONE_TIME = String.raw`(one? ?time\w*|single purchase|purchase fees?|up ?front|non ?recurring)`
const MONTHLY_FEE = String.raw`(monthly provider fees?|provider monthly fees?|monthly fees?|fees? recurring|recurring fees?|additional monthly (fees?|charges?)|monthly charges|fees? monthly)`
const NAMES = String.raw`(names?|types?|desc\w*|details?|categor\w*)`
const DOWNLOAD = String.raw`(down ?load|downstream|\bdl\b|\bdown\b)`
const UPLOAD = String.raw`(up ?load|upstream|\bul\b|\bup\b)`
const LINK = String.raw`(url|uri|link|web ?(site|page)?)`

/**
 * Which field a header means, the first that fits. No schema is prescribed, so that the wordings come from the FCC's
 * template (`monthly_provider_fee_descr`), vendors (`dl_speed_in_kbps`), the proposed common schema
 * (`fee_one_time_details`), camel case (`onTimeFeeType`) and the printed label itself (`Data Included with Monthly
 * Price`). Some columns look like a field and are none.
 */
const RULES: readonly (readonly [LabelField | 'leftOut', RegExp])[] = [
  [
    'leftOut',
    /jitter|latency working|marketed|^regulator( name)?$|version|policy data usage|fee data usage desc|^(date|generated|published|updated|effective)\b|^acp\b|^price type$/,
  ],
  ['upi', /unique plan id|plan identifier|^upi$|fcc plan id|unique (id|identifier)|^plan unique/],
  ['frn', /\bfrn\b|registration (number|no)|^fcc id$/],
  ['planCode', /^data service id$|^(internal )?plan (id|code)$|^service id$|^sku$/],
  ['technology', /network technology|access technology|\btech(nology)?( type| code)?$/],
  ['customer', /customer (type|segment|class)|market segment|^(residential|res) (or )?(business|bus)$|^segment$/],
  ['connection', /connection type|fixed (or )?mobile|service type|broadband type|^type( of service)?$/],
  ['tierName', /\btier\b/],
  ['supportPhone', /(phone|telephone|^tel$)|(support|contact|customer).*numbers?/],
  ['supportUrl', /customer support|customer service|^support|contact us|^uri support/],
  ['networkManagementUrl', /network (management|policy|practices)/],
  ['privacyUrl', /privacy/],
  ['dataPolicyUrl', new RegExp(`data.*(policy|details).*|data (usage|allowance).*${LINK}|${LINK}.*data`)],
  ['extraDataAmount', /overage data amount|(additional|extra) data (increment|amount)|increment/],
  ['extraDataFee', /over ?usage|overage|(additional|extra) data|fee data usage/],
  ['data', /data (included|allow\w*|cap|limit|monthly|usage allow\w*)|monthly data|^data( gb)?$|usage allowance/],
  ['taxes', /\btax/],
  ['autopay', /auto ?pay|automatic payment/],
  ['discountsUrl', new RegExp(`(discount|bundle).*${LINK}|${LINK}.*(discount|bundle)`)],
  ['discounts', /discount|bundle/],
  ['earlyTerminationText', new RegExp(`(terminat|cancel).*${NAMES}`)],
  ['earlyTermination', /terminat|cancellation|^etf/],
  ['contractUrl', new RegExp(`contract.*(${LINK}|terms)|(${LINK}|terms).*contract`)],
  ['contractMonths', /contract.*(month|time|period|duration|length)|^(contract )?term( months| in months)?$/],
  ['contractText', new RegExp(`contract.*${NAMES}`)],
  ['contractFlag', /contract/],
  ['priceAfterIntro', new RegExp(`(price|rate|cost).*(after|following)|after ${INTRO}|post ${INTRO}`)],
  ['introText', new RegExp(`${INTRO}.*${NAMES}`)],
  ['introPrice', new RegExp(`${INTRO}.*(price|amount|cost)|(fee|price) ${INTRO}$`)],
  [
    'introMonths',
    new RegExp(`${INTRO}.*(period|months?|length|term|duration|time|expir\\w*)|(months|^length|^time).*${INTRO}`),
  ],
  ['introFlag', new RegExp(INTRO)],
  ['passThroughFees', /pass ?through/],
  ['oneTimeFeeNames', new RegExp(`${ONE_TIME}.*${NAMES}`)],
  ['oneTimeFees', new RegExp(ONE_TIME)],
  ['monthlyFeeNames', new RegExp(`${MONTHLY_FEE}.*${NAMES}`)],
  ['monthlyFees', new RegExp(MONTHLY_FEE)],
  ['namedMonthlyFee', /(modem|router|gateway|equipment|wi ?fi).*(rental|lease|month|fee|charge)/],
  ['namedOneTimeFee', /(install\w*|activation|set ?up|shipping).*(fee|charge|cost|price)|^(installation|activation)$/],
  ['billingMonths', /billing (frequency|period|cycle)/],
  [
    'price',
    /(monthly|recurring|base|service|regular|standard|list|everyday) (price|cost|rate|charge)|^price( (amount|recurring|monthly|usd|cents))*$|price per month/,
  ],
  ['speeds', new RegExp(`${DOWNLOAD}.*${UPLOAD}|^speeds?( provided( with plan)?)?$`)],
  ['downloadUnit', new RegExp(`${DOWNLOAD}.*units?$`)],
  ['downloadHigh', new RegExp(`${DOWNLOAD}.*(high|max)$`)],
  ['download', new RegExp(DOWNLOAD)],
  ['uploadUnit', new RegExp(`${UPLOAD}.*units?$`)],
  ['uploadHigh', new RegExp(`${UPLOAD}.*(high|max)$`)],
  ['upload', new RegExp(UPLOAD)],
  ['latencyHigh', /latency.*high$/],
  ['latency', /latency|\bping\b/],
  ['restrictions', /restriction|eligib\w*/],
  ['currency', /^currency/],
  [
    'planName',
    /(plan|service|product|package|offer|label|data service) name|^((service|internet) )?(plan|package|name|product)( title)?$/,
  ],
  ['provider', /(provider|company|isp|carrier)( name)?$/],
]

/** How many different fields the headers of a table mean. */
export function countFields(headers: readonly string[], readHeader: HeaderReader): number {
  const fields = new Set(headers.map(readHeader))
  fields.delete('leftOut')
  fields.delete(undefined)
  return fields.size
}

/** A header in lower-case words: `monthlyFeeType`, `Monthly_Fee Type:` and `MONTHLY FEE TYPE` are the same. */
export function normalizeHeader(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .replace(/[^a-z\d]+/g, ' ')
    .trim()
}

/** Header → the field that its column holds, or null for none. Headers count by their words, whatever their writing. */
export type ColumnNames = Readonly<Record<string, LabelField | null>>

/**
 * The field that a header means: what an operator has named it, else what its words say. `leftOut` is a column that
 * is known and of no use, `undefined` one that is not understood.
 */
export type HeaderReader = (header: string) => LabelField | 'leftOut' | undefined

export function openHeaderReader(named: ColumnNames = {}): HeaderReader {
  const given = new Map(Object.entries(named).map(([header, field]) => [normalizeHeader(header), field]))
  return (header) => {
    const words = normalizeHeader(header)
    const field = given.get(words)
    if (field !== undefined) return field ?? 'leftOut'
    return RULES.find(([, pattern]) => pattern.test(words))?.[0]
  }
}
