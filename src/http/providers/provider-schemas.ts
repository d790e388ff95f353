import { Type } from 'typebox'
import type { TSchema } from 'typebox'

const Nullable = (schema: TSchema): TSchema => Type.Union([schema, Type.Null()])

const Price = Type.Object(
  { amount_cents: Type.Integer(), currency: Type.String({ examples: ['USD'] }) },
  { $id: 'price' },
)

/** Null where the provider's label does not state it. */
const StatedPrice = Nullable(Type.Ref('price'))

const Confirmation = Type.Object(
  {
    result: Type.String({ enum: ['confirmed', 'refused'] }),
    agrees_with_filing: Type.Boolean({ description: 'False where the provider filed service that it refuses.' }),
    summary: Type.String(),
    source: Type.String({ description: 'The service that was asked.' }),
    asked_at: Type.String({ format: 'date-time' }),
  },
  { $id: 'confirmation', description: "The provider's own word on this address: see docs/qualification.md." },
)

const Offering = Type.Object(
  {
    technology: Type.String({ examples: ['Fiber', 'Cable', 'DSL', 'Fixed Wireless', 'Satellite', 'Other'] }),
    technology_category: Type.String({ enum: ['Terrestrial', 'Satellite'] }),
    technology_code: Type.String({ description: "The FCC's code of the technology." }),
    max_download_speed: Type.Number({ description: 'Highest advertised speed in Mbps; 0 means below 10.' }),
    max_upload_speed: Type.Number({ description: 'Highest advertised speed in Mbps; 0 means below 10.' }),
    low_latency: Type.Boolean(),
    residential: Type.Boolean(),
    business: Type.Boolean(),
    verdict: Type.String({
      enum: ['available', 'likely', 'possible'],
      description: 'How far the filing can be believed for this address: see docs/coverage.md.',
    }),
    summary: Type.String({ examples: ['Filed for 12 of the 13 locations in this block.'] }),
    locations: Type.Integer({ description: 'Locations of the area that the provider filed for.' }),
    locations_in_area: Type.Integer({ description: 'Locations of the area that any provider filed for.' }),
    locations_in_block: Nullable(
      Type.Integer({ description: 'The same for the whole block; more than the area where that is a part of it.' }),
    ),
    share: Type.Number({ description: 'locations / locations_in_area' }),
    precision: Type.String({
      enum: ['location', 'block_and_hexagon', 'block', 'hexagon'],
      description: 'The area that stands in for the address.',
    }),
    as_of_date: Nullable(Type.String({ format: 'date' })),
    revision: Nullable(Type.String({ description: 'When the FCC published this revision of the filing.' })),
    source_id: Type.Integer({ description: 'The filing, among the sources of the data set.' }),
    confirmation: Nullable(Type.Ref('confirmation')),
  },
  { $id: 'offering' },
)

const Pricing = Type.Object(
  {
    extra_data_fee: StatedPrice,
    professional_installation_fee: StatedPrice,
    self_installation_fee: StatedPrice,
    activation_fee: StatedPrice,
    initial_term_discount: StatedPrice,
    second_term_discount: StatedPrice,
    autopay_discount: StatedPrice,
    monthly_price: StatedPrice,
    is_monthly_price_introductory: Type.Boolean(),
    early_termination_fee: StatedPrice,
  },
  { $id: 'pricing' },
)

const CostFigure = Type.Object(
  {
    amount_cents: Type.Integer(),
    with_autopay_cents: Type.Optional(Type.Integer()),
    is_lower_bound: Type.Boolean({ description: 'The stated parts alone: what is left open comes on top.' }),
  },
  { $id: 'cost_figure' },
)

const Cost = Type.Object(
  {
    first_month: Type.Ref('cost_figure'),
    first_12_months: Type.Ref('cost_figure'),
    first_24_months: Type.Ref('cost_figure'),
    months_cents: Type.Array(Type.Integer(), { description: 'What falls due in each of the first 24 months.' }),
    months_with_autopay_cents: Nullable(Type.Array(Type.Integer())),
    monthly_fees_cents: Type.Integer(),
    monthly_equipment_cents: Type.Integer(),
    one_time_fees_cents: Type.Integer(),
    one_time_equipment_cents: Type.Integer(),
    unknown: Type.Array(Type.Object({ part: Type.String(), fee: Type.Optional(Type.String()) }), {
      description: 'What the label leaves open. Empty where every figure is exact.',
    }),
  },
  { $id: 'cost' },
)

const Product = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    sku: Type.String(),
    name: Type.String(),
    category: Type.String(),
    category_name: Type.String(),
    technology: Nullable(Type.String()),
    position: Type.Integer(),
    select_type: Type.String(),
    description: Type.String(),
    download_speed: Nullable(Type.String({ description: 'Typical Mbps: 300 or 50-100.' })),
    upload_speed: Nullable(Type.String()),
    data_limit: Nullable(Type.String({ examples: ['Unlimited', '1.2 TB'] })),
    channel_count: Type.Integer(),
    streaming_apps: Type.Array(Type.String()),
    is_required_to_checkout: Type.Boolean(),
    is_contract_required: Nullable(Type.Boolean()),
    is_modem_router_included: Nullable(Type.Boolean()),
    is_bundle_qualifier: Nullable(Type.Boolean()),
    bundle_discounts: Type.Object({}),
    is_local_checkout: Type.Boolean(),
    required_with_plans: Type.Array(Type.Unknown()),
    included_with_plans: Type.Array(Type.Unknown()),
    only_available_with_plans: Type.Array(Type.Unknown()),
    initial_term_discount_months: Type.Integer(),
    second_term_discount_months: Type.Integer(),
    hum_rank: Type.Integer(),
    max_quantity: Type.Integer(),
    product_promo: Type.Object({}),
    info: Type.String(),
    pricing: Type.Ref('pricing'),
    technology_code: Nullable(Type.String()),
    unique_plan_identifier: Type.String(),
    basis: Type.Object(
      { kind: Type.String(), technology_from: Type.String(), summary: Type.String() },
      { description: 'Why the plan is shown here: always an inference.' },
    ),
    cost: Type.Ref('cost'),
    label: Type.Object({}, { description: 'The facts of the plan in the order of the FCC broadband consumer label.' }),
    price_variants: Nullable(
      Type.Object(
        { labels: Type.Integer(), lowest_cents: Type.Integer(), highest_cents: Type.Integer() },
        {
          description:
            'Labels of this plan that differ in price; none says where its price holds. The cheapest is shown.',
        },
      ),
    ),
    source: Type.Object({
      source_id: Type.Integer(),
      file: Type.String(),
      sheet: Type.Optional(Type.String()),
      row: Type.Integer(),
    }),
    reading_notes: Type.Array(Type.String()),
  },
  { $id: 'product' },
)

const CatalogEntry = Type.Object(
  {
    category: Type.String(),
    category_name: Type.String(),
    category_description: Type.String(),
    products: Type.Array(Type.Ref('product')),
  },
  { $id: 'catalog_entry' },
)

const Promo = Type.Object({ promo_text: Type.String(), promo_logo_url: Type.String() }, { $id: 'promo' })

const Provider = Type.Object(
  {
    provider_id: Type.String({ format: 'uuid' }),
    provider_name: Type.String(),
    provider_icon: Nullable(Type.String()),
    provider_logo: Type.String({ description: 'Path of a neutral monogram on this server.' }),
    telephone: Nullable(Type.String({ description: 'E.164' })),
    url: Nullable(
      Type.String({
        format: 'uri-reference',
        description:
          "Leads to the provider's own site through this server, for 24 hours and without an API token: see docs/links.md.",
      }),
    ),
    security_token: Nullable(Type.String({ description: 'Signs `url`, which holds it already.' })),
    buyflow_type: Nullable(Type.String()),
    min_plan_price: Nullable(Type.Ref('price')),
    button_label: Nullable(Type.String()),
    provider_promo: Type.Ref('promo'),
    url_promo: Type.Ref('promo'),
    offerings: Type.Array(Type.Ref('offering')),
    product_catalog: Type.Array(Type.Ref('catalog_entry')),
    fcc_provider_id: Type.Integer(),
    filed_brand_name: Type.String({ description: 'As in the filing; may be a legal name, or empty.' }),
    support_url: Nullable(Type.String()),
    hum_rank: Type.Integer({ description: '0 to 100 in the neutral order, or under your own weights.' }),
    rank_reasons: Type.Array(
      Type.Object({ criterion: Type.String(), value: Type.Number(), weight: Type.Number(), text: Type.String() }),
    ),
    ranking_version: Type.String({ description: 'Version of the method: see docs/ranking.md.' }),
  },
  { $id: 'provider' },
)

/** Schemas of providers and their plans; in the served document they are its components. */
export const PROVIDER_SCHEMAS: readonly TSchema[] = [
  Price,
  Confirmation,
  Offering,
  Pricing,
  CostFigure,
  Cost,
  Product,
  CatalogEntry,
  Promo,
  Provider,
]
