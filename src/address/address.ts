/**
 * The parts of a US address by the names of USPS Publication 28.
 *
 * Parts stand as written in the input, only trimmed; `deliveryLine` and `lastLine` hold the standardized form.
 * A part that the text does not hold is `undefined`.
 */
export interface AddressParts {
  /** Person, firm or place named before the delivery address. */
  readonly recipient?: string | undefined
  /** Primary address number as text: `29090`, `112-10`, `N112W16350`, `12 1/2`, `10A`. */
  readonly number?: string | undefined
  readonly predirectional?: string | undefined
  /** Type word before the name: `Avenue` of "Avenue E", `State Highway` of "State Highway 30". */
  readonly pretype?: string | undefined
  readonly streetName?: string | undefined
  readonly suffix?: string | undefined
  readonly postdirectional?: string | undefined
  /** Secondary unit designator (`Apt`, `#`, `Ste`), also that of the innermost unit where there are several. */
  readonly unitDesignator?: string | undefined
  readonly unit?: string | undefined
  /** Further secondary parts, outermost first: building, floor, wing. */
  readonly building?: string | undefined
  readonly floor?: string | undefined
  /** Private mailbox number behind a street address ("PMB 234"). */
  readonly privateMailbox?: string | undefined
  readonly poBox?: string | undefined
  /** Rural or highway contract route with its box: `RR 2 BOX 18`. */
  readonly ruralRoute?: string | undefined
  /** Overseas military or diplomatic delivery: `PSC 802 BOX 74`, `UNIT 2050 BOX 4190`. */
  readonly military?: string | undefined
  readonly generalDelivery?: boolean | undefined
  /** Puerto Rico urbanization: `URB LAS GLADIOLAS`. */
  readonly urbanization?: string | undefined
  /** The other street of an intersection or corner. */
  readonly crossStreet?: string | undefined
  readonly city?: string | undefined
  /** State, territory or military region as written: `MI`, `Michigan`, `Mich.`, `AE`. */
  readonly state?: string | undefined
  readonly zip?: string | undefined
  readonly plus4?: string | undefined
}
