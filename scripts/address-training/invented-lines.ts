import { readFileSync } from 'node:fs'
import { LABEL } from '../../src/address/labels.ts'
import { STATES } from '../../src/address/states.ts'
import { tokenize } from '../../src/address/tokenize.ts'
import type { LabelledLine } from './labelled-lines.ts'
import type { Random } from './random.ts'

interface Piece {
  readonly text: string
  readonly label: number
}

interface Place {
  readonly name: string
  readonly state: string
  readonly zip: string
}

const split = (text: string) => text.split('|')

const COMMON_NAMES = split(
  "Main|Oak|Maple|Park|Washington|Lake|Hill|Walnut|Cedar|Elm|View|Pine|Lincoln|Jackson|Church|River|Mill|Sunset|Railroad|Highland|Forest|Center|Ridge|Franklin|Jefferson|Spring|North|South|West|East|Madison|Cherry|Chestnut|Valley|Green|Willow|Meadow|Spruce|Dogwood|Adams|Hickory|Locust|Poplar|Prospect|Grant|Monroe|Broad|Market|Court|School|College|University|Union|Water|State|Front|High|Pleasant|Liberty|Cottage Grove|Old Mill|Old Orchard|Martin Luther King|Martin Luther King Jr|Dr Martin Luther King|St Charles|Saint Paul|Fort Hill|Mount Vernon|Sugar Creek|Peach Tree|Nine Mile|Seven Mile|Five Points|Twelve Oaks|Three Rivers|Two Notch|Union|Front|Upper Valley|Lower River|Ten Mile|Four Winds|One Horse|Stone Mountain|Rolling Hills|Country Club|Indian Creek|Bear Creek|Deer Run|Fox Hollow|Cross Creek|Eagle Point|Timber Ridge|White Oak|Red Bud|Blue Heron|Silver Lake|Golden Gate|Crystal Springs|Pebble Beach|Shady Grove|Quail Hollow|Old Town|New Hope|Airport|Industrial|Commerce|Corporate|Technology|Research|Executive|Medical Center|Town Center|Lake Shore|Lakeshore|Bay|Ocean|Gulf|Harbor|Beach|Island|Palm|Magnolia|Cypress|Hawthorne|Sycamore|Juniper|Laurel|Birch|Aspen|Colonial|Heritage|Frontage|Service|Canal|Division|Vine|Cypress Creek|El Camino|La Salle|LaSalle|De Soto|San Pablo|Santa Fe|San Felipe|Los Alamos|Las Flores|Van Buren|Van Ness|Mc Donald|McKinley|O'Connor|D'Arcy|Smith Ferry|Rose Hill|Beaver Dam|Haw River|Rabbit Run|Fawn|Bluebird|Robin|Cardinal|Wisteria|Azalea|Camellia|Hunters Glen|Kings Gate|Queen Anne|Duke|Prince George|Peachtree|Piedmont|Ponce de Leon|Bellevue|Belmont|Brookside|Woodland|Woodlawn|Greenwood|Fairview|Fairfield|Springfield|Glenwood|Edgewood|Parkside|Riverside|Lakeside|Hillside|Hilltop|Ridgeway|Northwood|Southgate|Westgate|Eastgate|Empire|Century|Frontier|Pioneer|Overland|Military|Armory|Depot|Station|Tower|Bridge|Ferry|Landing|Point|Cove|Garden|Orchard|Vineyard|Farm|Ranch|Mesa|Canyon|Desert|Prairie",
)
const SURNAMES = split(
  'Smith|Johnson|Williams|Brown|Jones|Garcia|Miller|Davis|Rodriguez|Martinez|Hernandez|Lopez|Gonzalez|Wilson|Anderson|Thomas|Taylor|Moore|Martin|Lee|Perez|Thompson|Harris|Sanchez|Clark|Ramirez|Lewis|Robinson|Walker|Young|Allen|King|Wright|Scott|Torres|Nguyen|Hill|Flores|Adams|Nelson|Baker|Hall|Rivera|Campbell|Mitchell|Carter|Roberts|Gomez|Phillips|Evans|Turner|Diaz|Parker|Cruz|Edwards|Collins|Reyes|Stewart|Morris|Morales|Murphy|Cook|Rogers|Gutierrez|Ortiz|Morgan|Cooper|Peterson|Bailey|Reed|Kelly|Howard|Ramos|Kim|Cox|Ward|Richardson|Watson|Brooks|Chavez|Wood|James|Bennett|Gray|Mendoza|Ruiz|Hughes|Price|Alvarez|Castillo|Sanders|Patel|Myers|Long|Ross|Foster|Wexler|Kowalski|Schneider|Lindqvist|Abernathy|Okafor',
)
const FIRST_NAMES = split(
  'James|Mary|John|Patricia|Robert|Jennifer|Michael|Linda|William|Elizabeth|David|Barbara|Richard|Susan|Joseph|Jessica|Thomas|Sarah|Charles|Karen|Daniel|Nancy|Matthew|Lisa|Anthony|Betty|Mark|Sandra|Steven|Ashley|Paul|Emily|Andrew|Donna|Joshua|Carol|Kevin|Amanda|Brian|Melissa|George|Deborah',
)
const FIRM_WORDS = split(
  'National|American|United|First|Global|Premier|Pacific|Atlantic|Midwest|Southern|Northern|Central|Metro|Capital|Summit|Pinnacle|Allied|Advanced|Applied|Dynamic|Superior|Reliable|Family|Community|Regional|General|Heritage|Liberty|Patriot|Eagle|Golden|Silver|Blue|Star|Sun|River|Lake|Mountain|Valley|Bay',
)
const FIRM_ENDS = split(
  'Missionary|Industries|Auto Brokers|Lumber|Plumbing|Auto Parts|Telephone|Machines|Electric|Attorney|Medical Building|State Univ|Univ|Hardware|Motors|Florist|Supply|Inc|Inc.|LLC|L.L.C.|Corp|Corporation|Co|Company|Ltd|Bank|Services|Systems|Insurance|Medical Center|Hospital|Church|University|College|School|High School|Elementary School|Library|Museum|Hotel|Inn|Restaurant|Cafe|Pizza|Foods|Market|Pharmacy|Dental|Law Firm|Associates|Partners|Group|Holdings|Industries|Manufacturing|Construction|Realty|Properties|Management|Consulting|Solutions|Technologies|Foundation|Trust|Credit Union|Department of Health|Dept of Revenue|Fire Dept|Police Department|City Hall|Post Office|County Courthouse|Airport|Committee|Association|Center|Institute|Agency',
)
const BUILDINGS = split(
  'Tower|Towers|Apts|Apts|Trailer Park|Trlr Park|Mobile Home Park|Mansion|Manor|Estates|Court House|Arms|Terrace Apts|Nursing Home|Retirement Home|Building|Bldg|Plaza|Center|Mall|Shopping Center|Hall|House|Apartments|Condominiums|Business Park|Office Park|Square|Terminal|Arena|Courthouse|Federal Building|Village|Commons|Gardens|Place|Station|Complex|Annex',
)
const SUFFIXES = split(
  'St|St|St|St|St.|Street|Street|Ave|Ave|Ave|Ave.|Av|Avenue|Avenue|Rd|Rd|Rd.|Road|Road|Dr|Dr|Dr.|Drive|Drive|Ln|Lane|Blvd|Blvd.|Boulevard|Ct|Court|Pl|Place|Cir|Circle|Way|Way|Ter|Terrace|Pkwy|Parkway|Hwy|Highway|Trl|Trail|Sq|Square|Loop|Pike|Cv|Cove|Run|Path|Pass|Plz|Plaza|Row|Walk|Xing|Crossing|Bnd|Bend|Pt|Point|Aly|Alley|Tpke|Turnpike|Expy|Fwy|Mall|Park|Ridge|Rdg|Hill|Hollow|Landing|Trace|Glen|Grove|View|Vista|Village|Valley|Creek|Commons|Center|Bridge|Estates|Heights|Manor|Meadows|Oval|Spur|Crescent|Cres|Blv|Wy|Tr|Cr|Causeway|Cswy|Knoll|Shore|Spring|Station|Curve|Gardens|Gate|Chase|Extension|Byp|Bypass',
)
const DIRECTIONS = split(
  'N|S|E|W|N|S|E|W|N.|S.|E.|W.|North|South|East|West|NE|NW|SE|SW|N.W.|S.E.|Northeast|Southwest|Northwest|Southeast|So|No.|N E|S. W.',
)
/** Suffixes of streets that may stand without a number; others name a building then. */
const PLAIN_SUFFIXES = split(
  'St|St.|Street|Ave|Ave.|Avenue|Rd|Road|Dr|Drive|Ln|Lane|Blvd|Boulevard|Ct|Court|Hwy|Pkwy|Way',
)
const UNIT_WORDS = split(
  'Apt|Apt|Apt|Apt.|Apartment|Ste|Ste|Suite|Suite|Ste.|Unit|Unit|#|#|#|Rm|Room|Lot|Spc|Space|Bldg|Building|Trlr|Dept|Fl|Floor|Apt #|Suite #|Unit #|Ste. #|No.|Penthouse|PH|Office|Slip|Hngr',
)
const ROADS = split(
  'US Hwy|US Highway|U.S. Highway|US|US Route|U.S. Route|Hwy|Highway|State Hwy|State Highway|State Road|State Rd|State Route|State Rte|SR|St Rd|St Rd|St Rd|St Rd|St Rt|St Rte|St Hwy|St Highway|Rte|Route|Rt|CR|County Road|County Rd|Co Rd|Co. Rd.|County Hwy|County Highway|County Route|Cty Rd|FM|Farm to Market|Farm to Market Rd|FM Rd|I|Interstate|Township Road|Twp Rd|Ranch Road|Loop|Highway US|Old Highway|Old Hwy|SH|Rural Highway|IH|Forest Road|Indian Route|Road|Ave|Avenue|Private Road|State Highway Spur',
)
const SPANISH = split('Camino|Via|Calle|Avenida|Paseo|Rue|Vista|Plaza|Cerro|Rancho|Villa|Casa|Corte|Caminito|Cour')
const SPANISH_NAMES = split(
  'Real|del Sol|de la Luna|del Mar|San Carlos|Verde|de Oro|Alta|Las Palmas|del Rey|Los Robles|de Paz|Ventura|Hermosa|Caravelle|Royale|Bourbon|Nueva|del Norte|Encantada',
)

const SPANISH_URBANIZATIONS = split(
  'Las Gladiolas|Isabel II|Cabrera|College Park|La Quinta|San Francisco|Villa Carolina|Santa Juanita|El Vedado|Los Maestros|Monte Claro|Royal Town|Valle Verde|Jardines|Villas del Rey',
)

/** Words of firms, buildings, suffixes and Spanish streets that the tagger is to know one by one. */
export const VOCABULARY_WORDS: readonly string[] = [
  ...new Set(
    [FIRM_ENDS, BUILDINGS, SUFFIXES, SPANISH, DIRECTIONS, ROADS].flat().flatMap((text) => tokenize(text).keys),
  ),
].filter((key) => !/\d/u.test(key))

/** Writes address lines of every kind that the Postal Service and people know, with the label of each word. */
export class LineWriter {
  readonly #random: Random
  readonly #places: Place[] = []
  readonly #islandPlaces: Place[] = []
  #pieces: Piece[] = []

  constructor(random: Random, placesFile: URL) {
    this.#random = random
    let state = ''
    for (const line of readFileSync(placesFile, 'utf8').split('\n')) {
      if (line.startsWith('=')) state = line.slice(1)
      else if (line) {
        const [name = '', steps = ''] = line.split('\t')
        if (state === 'PR') this.#islandPlaces.push({ name, state, zip: `00${700 + this.#islandPlaces.length}` })
        let zip = 0
        // a place with many ZIP codes is drawn more often, as it has more addresses
        for (const step of steps.split(' ').filter(Boolean)) {
          zip += Number(step)
          if (state.startsWith('A') && 'AEP'.includes(state[1] ?? '')) continue
          this.#places.push({ name, state, zip: String(zip).padStart(5, '0') })
        }
      }
    }
  }

  /** One line, its kind and spelling drawn at random. */
  write(): LabelledLine {
    this.#pieces = []
    this.#writePieces()
    const bare = this.#chance(0.15)
    let text = ''
    const spans: { end: number; label: number }[] = []
    for (const { text: piece, label } of this.#pieces) {
      if (piece === ',') {
        text += bare ? '' : ','
        continue
      }
      text += (text ? ' ' : '') + piece
      spans.push({ end: text.length, label })
    }
    const tokens = tokenize(text)
    const labels = new Uint8Array(tokens.keys.length)
    let at = 0
    for (let i = 0; i < labels.length; i++) {
      while (spans[at]!.end < tokens.ends[i]!) at++
      labels[i] = spans[at]!.label
    }
    return { tokens, labels }
  }

  #chance(probability: number): boolean {
    return this.#random() < probability
  }

  #pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.#random() * values.length)]!
  }

  #number(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1))
  }

  #add(text: string, label: number): void {
    this.#pieces.push({ text, label })
  }

  #comma(probability: number): void {
    if (this.#chance(probability)) this.#add(',', 0)
  }

  #writePieces(): void {
    const kind = this.#random()
    const place = this.#pick(this.#places)
    if (kind < 0.06) {
      if (this.#chance(0.15)) {
        this.#recipient()
        this.#comma(0.5)
      }
      this.#box()
      if (this.#chance(0.15)) {
        this.#comma(0.3)
        this.#houseNumber()
        this.#street(true)
      }
      this.#closing(place)
    } else if (kind < 0.1) {
      if (this.#chance(0.15)) {
        this.#recipient()
        this.#comma(0.5)
      }
      this.#ruralRoute()
      this.#closing(place)
    } else if (kind < 0.115) this.#military()
    else if (kind < 0.135) {
      if (this.#chance(0.15)) {
        this.#add(this.#pick(split('corner of|at the corner of|Intersection of|Cnr|Corner|NW corner of')), LABEL.other)
      }
      this.#street(false)
      this.#separator()
      this.#crossStreet()
      if (this.#chance(0.6)) {
        this.#comma(0.7)
        this.#lastLine(place)
      }
    } else if (kind < 0.15) this.#lastLine(place)
    else if (kind < 0.165) this.#puertoRico()
    else if (kind < 0.168) {
      this.#add('General Delivery', LABEL.boxDesignator)
      this.#comma(0.8)
      this.#lastLine(place)
    } else if (kind < 0.21) {
      this.#recipient()
      if (this.#chance(0.7)) {
        this.#comma(0.8)
        this.#lastLine(place)
      }
    } else this.#streetLine(place)
  }

  /** A number of up to so many digits, short ones as often as long ones. */
  #digits(most: number): number {
    const length = this.#number(1, most)
    return this.#number(10 ** (length - 1), 10 ** length - 1)
  }

  /** The last line, or none: some lines are only a part of an address. */
  #closing(place: Place): void {
    if (this.#chance(0.25)) return
    this.#comma(0.8)
    this.#lastLine(place)
  }

  #streetLine(place: Place): void {
    if (this.#chance(0.1)) {
      this.#recipient()
      this.#comma(0.6)
    }
    if (this.#chance(0.03)) {
      this.#unit(true)
      this.#comma(0.6)
    }
    if (this.#chance(0.004)) {
      this.#add(
        `${this.#number(1, 20)} ${this.#pick(COMMON_NAMES)} ${this.#pick(split('Tower|Plaza|Center|Ctr|Building|Bldg'))}`,
        LABEL.other,
      )
      this.#comma(0.6)
    }
    if (this.#chance(0.007)) this.#add(this.#pick(split('N|S|E|W')), LABEL.predirectional)
    const numbered = this.#chance(0.95)
    if (numbered) this.#houseNumber()
    if (numbered && this.#chance(0.01)) this.#unit(true)
    const closed = this.#street(true, numbered)
    const units = this.#chance(0.35)
    if (units) {
      this.#comma(0.4)
      this.#unit(false)
      if (this.#chance(0.1)) {
        this.#comma(0.4)
        this.#unit(false)
      }
    }
    if (this.#chance(0.05)) {
      this.#comma(closed ? 0.6 : 1)
      this.#building()
    }
    if (this.#chance(0.03)) {
      this.#comma(0.4)
      if (this.#chance(0.4)) {
        this.#add('Box', LABEL.boxDesignator)
        this.#add(String(this.#digits(5)), LABEL.box)
      } else this.#box()
    }
    if (this.#chance(0.8)) {
      this.#comma(closed || units ? 0.6 : 0.97)
      this.#lastLine(place)
      if (this.#chance(0.01)) this.#unit(true)
    }
  }

  #houseNumber(): void {
    const kind = this.#random()
    const plain = String(this.#digits(5))
    if (kind < 0.87) this.#add(plain, LABEL.number)
    else if (kind < 0.88)
      this.#add(this.#pick(split('One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|# 1|# 12')), LABEL.number)
    else if (kind < 0.9) this.#add(`${this.#number(10, 250)}-${this.#number(10, 99)}`, LABEL.number)
    else if (kind < 0.92) this.#add(`${plain} ${this.#pick(['1/2', '1/2', '1/4', '3/4'])}`, LABEL.number)
    else if (kind < 0.95) this.#add(`${plain}${this.#pick(['', '-'])}${this.#pick('ABCDEFRW'.split(''))}`, LABEL.number)
    else if (kind < 0.955) this.#add(`${plain} ${this.#pick('ABCDF'.split(''))}`, LABEL.number)
    else if (kind < 0.96)
      this.#add(
        `${this.#pick(['N', 'W', 'S'])} ${this.#number(10, 250)} ${this.#pick(['N', 'W', 'E'])} ${this.#digits(5)}`,
        LABEL.number,
      )
    else if (kind < 0.98)
      this.#add(
        `${this.#pick(['N', 'W'])}${this.#number(10, 250)}${this.#pick(['N', 'W'])}${this.#number(1000, 29_999)}`,
        LABEL.number,
      )
    else if (kind < 0.99)
      this.#add(`${this.#number(1, 9)}${this.#pick(['N', 'W', 'S'])}${this.#number(100, 999)}`, LABEL.number)
    else this.#add(`${plain}-${this.#number(10, 9999)}`, LABEL.number)
  }

  #name(): string {
    const kind = this.#random()
    if (kind < 0.4) return this.#pick(COMMON_NAMES)
    if (kind < 0.6) return this.#pick(this.#places).name
    if (kind < 0.75) return this.#pick(SURNAMES)
    if (kind < 0.87) return this.#ordinal(this.#number(1, 180))
    if (kind < 0.9) return this.#pick(split('First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth'))
    if (kind < 0.92) return this.#pick('ABCDFGHIJKLMOPQRTUVXYZ'.split(''))
    if (kind < 0.935) return String(this.#number(1, 250))
    if (kind < 0.94) return `${this.#number(2, 26)} Mile`
    return `${this.#pick(COMMON_NAMES)} ${this.#pick(SURNAMES)}`
  }

  #ordinal(n: number): string {
    const end = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
    return `${n}${end}`
  }

  /** A street; answers whether its end can be told without a comma. */
  #street(numbered: boolean, anySuffix = true): boolean {
    const kind = this.#random()
    if (kind < 0.08) {
      if (this.#chance(0.15)) this.#add(this.#pick(DIRECTIONS), LABEL.predirectional)
      const owned = this.#chance(0.25)
      if (owned) this.#add(this.#chance(0.5) ? this.#pick(STATES).name : this.#pick(STATES).code, LABEL.pretype)
      if (!owned || this.#chance(0.6)) this.#add(this.#pick(ROADS), LABEL.pretype)
      if (this.#chance(0.04)) this.#add(this.#pick(['No', 'No.', 'Number']), LABEL.streetName)
      this.#add(
        `${this.#number(1, 2500)}${this.#chance(0.06) ? this.#pick(['A', 'B', 'E', 'EE']) : ''}`,
        LABEL.streetName,
      )
      if (this.#chance(0.05)) this.#add(this.#pick(['Bypass', 'Business', 'Byp', 'Bus']), LABEL.streetName)
      if (this.#chance(0.15)) this.#add(this.#pick(DIRECTIONS), LABEL.postdirectional)
      return true
    }
    if (kind < 0.1 && numbered) {
      const [first, second] = this.#chance(0.5)
        ? [
            ['N', 'S', 'North', 'South'],
            ['E', 'W', 'East', 'West'],
          ]
        : [
            ['E', 'W'],
            ['N', 'S'],
          ]
      this.#add(this.#pick(first), LABEL.predirectional)
      this.#add(String(this.#number(1, 130) * (this.#chance(0.9) ? 100 : 5)), LABEL.streetName)
      this.#add(this.#pick(this.#chance(0.1) ? ['So', 'No.'] : second), LABEL.postdirectional)
      return true
    }
    if (kind < 0.102 && numbered) {
      this.#add(`${this.#number(1, 320) * 10} ${this.#pick(['N', 'S', 'E', 'W'])}`, LABEL.streetName)
      this.#add(this.#pick(['Ave', 'Rd', 'St']), LABEL.suffix)
      return true
    }
    if (kind < 0.13) {
      if (this.#chance(0.2)) this.#add(this.#pick(DIRECTIONS), LABEL.predirectional)
      this.#add(this.#pick(SPANISH), LABEL.pretype)
      this.#add(this.#pick(SPANISH_NAMES), LABEL.streetName)
      return false
    }
    if (kind < 0.145) {
      this.#add(this.#pick(['Avenue', 'Ave', 'Ave.']), LABEL.pretype)
      this.#add(
        this.#chance(0.7)
          ? this.#pick('ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split(''))
          : this.#pick(['of the Americas', 'of the Stars', 'of the Republic', 'of Champions']),
        LABEL.streetName,
      )
      return true
    }
    if (this.#chance(0.25)) this.#add(this.#pick(DIRECTIONS), LABEL.predirectional)
    this.#add(this.#name(), LABEL.streetName)
    if (this.#chance(0.03)) {
      // two suffix words
      this.#add(
        this.#pick(
          split(
            'Ave|Street|St|Park|Ridge|Creek|Crk|Lake|Lk|Hill|Hl|Valley|View|Point|Grove|River|Mill|Springs|Beach|Bch|Bridge',
          ),
        ),
        LABEL.streetName,
      )
    }
    if (this.#chance(0.1)) {
      if (this.#chance(0.08)) {
        this.#add(this.#pick(['Mobile Home', 'Trailer', 'Mobile', 'RV']), LABEL.streetName)
        this.#add(this.#pick(['Park', 'Pk']), LABEL.suffix)
        return true
      }
      if (this.#chance(0.05)) this.#add(this.#pick(DIRECTIONS), LABEL.postdirectional)
      return false
    }
    this.#add(this.#pick(anySuffix ? SUFFIXES : PLAIN_SUFFIXES), LABEL.suffix)
    if (this.#chance(0.01)) this.#add(this.#pick(['Ext', 'Ext.', 'Extension', 'Spur', 'Bypass']), LABEL.suffix)
    if (this.#chance(0.08)) this.#add(this.#pick(DIRECTIONS), LABEL.postdirectional)
    return true
  }

  #separator(): void {
    this.#add(this.#pick(['and', '&', 'at', '@', '&']), LABEL.separator)
  }

  #crossStreet(): void {
    const from = this.#pieces.length
    this.#street(false)
    for (let i = from; i < this.#pieces.length; i++) this.#pieces[i] = { ...this.#pieces[i]!, label: LABEL.crossStreet }
  }

  #puertoRico(): void {
    const place = this.#pick(this.#islandPlaces)
    const letter = () => this.#pick('ABCDEFGHIJKLMN'.split(''))
    const number = this.#pick([
      String(this.#number(1, 999)),
      `${letter()}${this.#number(1, 99)}`,
      `${letter()}${letter()}${this.#number(1, 99)}`,
      `${letter()}-${this.#number(1, 99)}`,
      `${this.#number(1, 9)}${letter()}${this.#number(1, 40)}`,
    ])
    const urbanization = `${this.#pick(['Urb', 'URB', 'Urb.', 'Urbanizacion', 'Cond', 'Repto', 'Bo', 'Res'])} ${this.#pick(SPANISH_URBANIZATIONS)}`
    const kind = this.#random()
    if (kind < 0.25) {
      this.#add(urbanization, LABEL.urbanization)
      this.#comma(0.5)
    }
    const behind = this.#chance(0.2)
    if (!behind) this.#add(number, LABEL.number)
    if (kind < 0.8) {
      this.#add(this.#pick(['Calle', 'Calle', 'Calle', 'C', 'Ave', 'Avenida', 'Camino', 'Paseo']), LABEL.pretype)
      this.#add(
        this.#chance(0.4)
          ? this.#pick([letter(), String(this.#number(1, 60))])
          : this.#pick(
              split(
                'Luna|Sol|Laurel|Nilo|Aries|San Juan|Amapola|Flamboyan|Sauce|Robles|Del Parque|Wilson|Pedro Acosta|Santa Ana|Roosevelt',
              ),
            ),
        LABEL.streetName,
      )
    }
    if (behind) {
      if (this.#chance(0.5)) this.#add('#', LABEL.unitDesignator)
      this.#add(number, LABEL.unit)
    }
    if (kind > 0.55) {
      this.#comma(0.3)
      this.#add(urbanization, LABEL.urbanization)
    }
    if (this.#chance(0.15)) {
      this.#add('PMB', LABEL.unitDesignator)
      this.#add(String(this.#digits(5)), LABEL.unit)
    } else if (this.#chance(0.17)) this.#unit(true)
    this.#comma(0.8)
    this.#lastLine(place)
  }

  #unit(designated: boolean): void {
    const kind = this.#random()
    if (kind < 0.1) {
      this.#add(
        this.#chance(0.7)
          ? this.#ordinal(this.#number(1, 40))
          : this.#pick(split('First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Ground|Main|Top')),
        LABEL.unit,
      )
      this.#add(this.#pick(['Floor', 'Fl', 'Flr', 'Fl.']), LABEL.unitDesignator)
      if (this.#chance(0.08)) {
        this.#comma(0.5)
        this.#add(this.#pick(split('Conference|Community|Board|Council|Executive|Main')), LABEL.unit)
        this.#add(this.#pick(['Room', 'Rm', 'Suite', 'Office']), LABEL.unitDesignator)
        if (this.#chance(0.5)) this.#add(this.#unitIdentifier(), LABEL.unit)
      }
      return
    }
    if (kind < 0.14) {
      this.#add(
        this.#pick(split('Rear|Upper|Lower|Basement|Bsmt|Front|Lobby|Penthouse|PH|Side|Frnt|Uppr|Lowr|Lbby|Ofc')),
        LABEL.unitDesignator,
      )
      return
    }
    if (kind < 0.17) {
      this.#add('PMB', LABEL.unitDesignator)
      this.#add(String(this.#digits(5)), LABEL.unit)
      return
    }
    if (designated || !this.#chance(0.07)) {
      const word = this.#pick(UNIT_WORDS)
      this.#add(word, LABEL.unitDesignator)
    }
    this.#add(this.#unitIdentifier(), LABEL.unit)
  }

  #unitIdentifier(): string {
    const letter = this.#pick('AABBCCDDEEFGHJKLMNNPRSSTWW'.split(''))
    const number = this.#digits(this.#chance(0.8) ? 3 : 5)
    const kind = this.#random()
    if (kind < 0.62) return String(number)
    if (kind < 0.74) return letter
    if (kind < 0.84) return `${number}${letter}`
    if (kind < 0.91) return `${letter}${number}`
    if (kind < 0.95) return `${letter}-${number}`
    if (kind < 0.97) return `${number} ${letter}`
    if (kind < 0.976) return `${letter} ${number}`
    if (kind < 0.983) return `${this.#pick(['AA', 'BB', 'CC', 'EE', 'PH', 'AB'])} ${number}`
    if (kind < 0.988) return `${number}/${number + 1}`
    if (kind < 0.99) return `${number}.${number}`
    if (kind < 0.994) return `${number} ${this.#pick(['North', 'South', 'East', 'West', 'N', 'E'])}`
    if (kind < 0.997) {
      const joint = this.#pick([' & ', ' & ', ' and ', '-', '/', ', '])
      return this.#chance(0.6)
        ? `${number}${joint}${number + 1}`
        : `${letter}${joint}${this.#pick(['B', 'C', 'D', 'F'])}`
    }
    return `${this.#number(1, 20)}-${number}`
  }

  #recipient(): void {
    const kind = this.#random()
    if (kind < 0.35)
      this.#add(
        `${this.#pick(FIRST_NAMES)} ${this.#chance(0.3) ? `${this.#pick('ABCDEFGHJKLM'.split(''))}. ` : ''}${this.#pick(SURNAMES)}`,
        LABEL.other,
      )
    else if (kind < 0.75) this.#add(`${this.#firmStart()} ${this.#pick(FIRM_ENDS)}`, LABEL.other)
    else if (kind < 0.83) this.#add(`${this.#pick(SURNAMES)} & ${this.#pick(SURNAMES)}`, LABEL.other)
    else if (kind < 0.9)
      this.#add(
        `${this.#pick(['Attn', 'Attn:', 'c/o', 'C/O'])} ${this.#pick(FIRST_NAMES)} ${this.#pick(SURNAMES)}`,
        LABEL.other,
      )
    else this.#building()
  }

  #firmStart(): string {
    const kind = this.#random()
    if (kind < 0.08) {
      return Array.from({ length: this.#number(2, 4) }, () => this.#pick('ABCDEFGHIJKLMNPRSTUVW'.split(''))).join(' ')
    }
    if (kind < 0.11)
      return `${this.#pick(['R', 'C', 'J', 'A'])} ${this.#pick(['and', '&'])} ${this.#pick(['B', 'P', 'M', 'D'])}`
    if (kind < 0.4) return `${this.#pick(FIRM_WORDS)} ${this.#pick(FIRM_WORDS)}`
    if (kind < 0.7) return `${this.#pick(this.#places).name} ${this.#chance(0.4) ? this.#pick(FIRM_WORDS) : ''}`.trim()
    return `${this.#pick(SURNAMES)}${this.#chance(0.3) ? "'s" : ''}`
  }

  #building(): void {
    const name = this.#chance(0.5) ? this.#pick(COMMON_NAMES) : this.#pick(SURNAMES)
    this.#add(
      `${this.#chance(0.1) ? `${this.#number(1, 20)} ` : ''}${name} ${this.#pick(BUILDINGS)}${this.#chance(0.05) ? ` ${this.#number(1, 9)}` : ''}`,
      LABEL.other,
    )
  }

  #box(): void {
    this.#add(
      this.#pick(
        split(
          'PO Box|PO Box|PO Box|P.O. Box|P.O. Box|P. O. Box|P O Box|P O Bx|PO Bx|Bx|POB|Post Office Box|Box|P.O.Box|PO Drawer|Drawer|Lock Box|Lockbox|LB|Caller Box|Firm Caller|Buzon|Apartado',
        ),
      ),
      LABEL.boxDesignator,
    )
    if (this.#chance(0.15)) this.#add(this.#pick(['#', '#', 'No', 'No.', 'Number']), LABEL.boxDesignator)
    this.#add(
      this.#chance(0.9)
        ? String(this.#digits(6))
        : this.#pick([
            'A',
            'B',
            'C',
            'E',
            'N',
            'S',
            'W',
            'G',
            'J',
            'M',
            'B12',
            '1234A',
            '121AH',
            '12-345',
            'CS 1980',
            '25 A',
            '9 C',
          ]),
      LABEL.box,
    )
  }

  #ruralRoute(): void {
    const route = this.#pick(
      split(
        'RR|RR|R.R.|Rural Route|HC|HCR|HC R|Rt|Route|RFD|RFD|R.D.|RD|Star Route|Star Rte|Highway Contract|Highway Contract Route|Hwy Contract Rte|HC Rte|R R|R D|RD|Rural Rte|Rural|RRT|SR',
      ),
    )
    const sign = this.#chance(0.15) ? '# ' : ''
    const number = this.#chance(0.9) ? String(this.#number(1, 99)) : this.#pick(['A', 'B', 'C'])
    const boxNumber = `${this.#digits(5)}${this.#pick(['', '', '', '', '', 'A', '-B', 'C', 'BB', ' D', '-12'])}`
    const box = `${this.#pick(['', '', ',', ' #'])} ${this.#pick(['Box', 'Box', 'Box', 'Bx', 'Box #', 'PO Box', 'Bo'])} ${this.#chance(0.95) ? boxNumber : this.#pick(['A', 'E3', '5Z', 'M12'])}`
    if (this.#chance(0.9)) this.#add(`${route} ${sign}${number}${box}`, LABEL.ruralRoute)
    else this.#add(`${this.#pick(['RR', 'Rural Route', 'HC', 'RFD', 'Star Route'])} ${sign}${number}`, LABEL.ruralRoute)
  }

  #military(): void {
    const kind = this.#random()
    const box = `${this.#pick(['Box', 'Box', 'Bx'])} ${this.#digits(6)}`
    if (kind < 0.4) this.#add(`PSC ${this.#number(1, 999)} ${box}`, LABEL.military)
    else if (kind < 0.6) this.#add(`CMR ${this.#number(1, 999)} ${box}`, LABEL.military)
    else if (kind < 0.85) this.#add(`Unit ${this.#number(1000, 99_999)} ${box}`, LABEL.military)
    else if (kind < 0.95)
      this.#add(`${box} ${this.#pick(['Unit', 'PSC', 'CMR'])} ${this.#number(10, 99_999)}`, LABEL.military)
    else this.#add(`USS ${this.#pick(SURNAMES)}`, LABEL.other)
    this.#comma(0.7)
    this.#add(this.#pick(['APO', 'APO', 'FPO', 'DPO']), LABEL.city)
    const region = this.#pick(['AE', 'AP', 'AA'])
    this.#add(region, LABEL.state)
    this.#add(`${{ AE: '09', AP: '96', AA: '34' }[region] ?? '09'}${this.#number(100, 999)}`, LABEL.zip)
  }

  /** A city as a hurried hand writes it: one letter wrong. */
  #misspelt(name: string): string {
    const at = this.#number(1, name.length - 1)
    const letter = this.#pick('AEIOUNRT'.split(''))
    return this.#chance(0.5) ? name.slice(0, at) + letter + name.slice(at + 1) : name.slice(0, at) + name.slice(at + 1)
  }

  /** A place that no list has. */
  #unknownPlace(): string {
    const name = this.#chance(0.5) ? this.#pick(COMMON_NAMES) : this.#pick(SURNAMES)
    const kind = this.#random()
    if (kind < 0.1) return `${this.#pick(['Town of', 'Village of', 'City of'])} ${name}`
    if (kind < 0.35) return `${name}${this.#pick(['ville', 'burg', 'ton', 'town', 'wood', 'field', 'port', 'dale'])}`
    return `${name} ${this.#pick(split('Creek|Heights|Springs|Village|Gulf|Park|Hills|City|Junction|Lake|Valley|Grove|Falls|Beach|Mills|Corners|Point|Ridge|Center|Island|Harbor'))}`
  }

  #placeName(name: string): string {
    if (name.length > 4 && this.#chance(0.06)) return this.#misspelt(name)
    if (this.#chance(0.015)) return `${name} ${this.#pick(['Twp', 'Township', 'Twp.', 'Boro', 'Village', 'City'])}`
    // only a comma tells such a city from the street's postdirectional
    if (this.#pieces.at(-1)?.text === ',' && this.#chance(0.03)) {
      return `${this.#pick(['N', 'North', 'South', 'East', 'West', 'W', 'S.'])} ${name}`
    }
    if (this.#chance(0.07)) return this.#unknownPlace()
    if (!this.#chance(0.2)) return name
    return name
      .replace(/^NORTH (?=\w{4})/u, this.#pick(['NO ', 'N ', 'N. ']))
      .replace(/^SOUTH (?=\w{4})/u, this.#pick(['SO ', 'S ', 'S. ']))
      .replace(/^EAST /u, 'E ')
      .replace('SAINT ', this.#pick(['ST. ', 'ST ']))
      .replace('FORT ', 'FT ')
      .replace('MOUNT ', 'MT. ')
      .replace(/^WEST /u, 'W ')
      .replace('HEIGHTS', 'HTS')
      .replace('BEACH', 'BCH')
      .replace('SPRINGS', 'SPGS')
  }

  #lastLine({ name, state, zip }: Place): void {
    const kind = this.#random()
    const city = this.#placeName(name)
    const code = this.#chance(0.85) ? state : (STATES.find(({ code: other }) => other === state)?.name ?? state)
    const short = zip.startsWith('0') && this.#chance(0.15) ? zip.slice(1) : zip
    const whole = this.#chance(0.1) ? `${zip}${this.#pick(['-', '-', '-', ' ', ''])}${this.#number(1000, 9999)}` : short
    const addZip = () => {
      if (whole.includes(' ')) {
        this.#add(whole.slice(0, 5), LABEL.zip)
        this.#add(whole.slice(6), LABEL.plus4)
      } else this.#add(whole, LABEL.zip)
    }
    if (kind < 0.62) {
      this.#add(city, LABEL.city)
      this.#comma(0.7)
      this.#add(code, LABEL.state)
      this.#comma(0.08)
      addZip()
    } else if (kind < 0.78) {
      this.#add(city, LABEL.city)
      this.#comma(0.7)
      this.#add(code, LABEL.state)
    } else if (kind < 0.86) {
      this.#add(city, LABEL.city)
      this.#comma(0.5)
      addZip()
    } else if (kind < 0.91) this.#add(city, LABEL.city)
    else if (kind < 0.94) addZip()
    else if (kind < 0.97) {
      this.#add(code, LABEL.state)
      this.#comma(0.1)
      addZip()
    } else this.#add(code, LABEL.state)
    if (this.#chance(0.04)) {
      this.#comma(0.6)
      this.#add(this.#pick(['USA', 'US', 'United States', 'U.S.A.']), LABEL.country)
    }
  }
}
