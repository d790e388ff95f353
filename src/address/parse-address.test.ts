import * as fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress, parseAddressFields } from './index.ts'

/** The parts that are there, as written. */
function written(text: string): Record<string, string> {
  const { spans } = parseAddress(text)
  const found = Object.entries(spans).filter(
    (entry): entry is [string, readonly [number, number]] => entry[1] !== undefined,
  )
  return Object.fromEntries(found.map(([part, [start, end]]) => [part, text.slice(start, end)]))
}

const normalized = (text: string) => {
  const { deliveryLine, lastLine } = parseAddress(text)
  return [deliveryLine, lastLine].filter(Boolean).join(', ')
}

describe('parseAddress', () => {
  it('gives every part as it is written', () => {
    expect(written('29090 Tiffany Drive E., Apt. 4B, Southfield, Mich. 48034-1234')).toEqual({
      number: '29090',
      streetName: 'Tiffany',
      suffix: 'Drive',
      postdirectional: 'E',
      unitDesignator: 'Apt',
      unit: '4B',
      city: 'Southfield',
      state: 'Mich',
      zip: '48034',
      plus4: '1234',
    })
  })

  it('gives each part the text that its span holds', () => {
    const text = '  412 N. Juniper St, Boise, ID 83702-4411 '
    const { number, predirectional, streetName, suffix, city, state, zip, plus4 } = parseAddress(text)
    expect({ number, predirectional, streetName, suffix, city, state, zip, plus4 }).toEqual(written(text))
  })

  it.each([
    ['29090 Tiffany Drive E Southfield MI 48034', '29090 TIFFANY DR E, SOUTHFIELD, MI 48034'],
    ['17 north east ponderosa boulevard', '17 NE PONDEROSA BLVD'],
    ['1600 Avenue J, Brooklyn, New York', '1600 AVENUE J, BROOKLYN, NY'],
    ['88 W North Ave, Chicago', '88 W NORTH AVE, CHICAGO'],
    ['710 Willow Crk Ln', '710 WILLOW CREEK LN'],
    ['55 Orchard Hill Ave Dr, Lenoir NC', '55 ORCHARD HILL AVENUE DR, LENOIR, NC'],
    ['112-10 Beacon Terrace, Forest Hills, NY 11375', '112-10 BEACON TER, FOREST HILLS, NY 11375'],
    ['N112W16350 Mequon Rd, Germantown WI', 'N112W16350 MEQUON RD, GERMANTOWN, WI'],
    ['842 E 1700 S, Salt Lake City, UT 84105', '842 E 1700 S, SALT LAKE CITY, UT 84105'],
    ['39 1/2 Larkspur Ct', '39 1/2 LARKSPUR CT'],
    ['One Harbor Plaza, Stamford CT', '1 HARBOR PLZ, STAMFORD, CT'],
    ['E 3120 Sprague Ave, Spokane WA', '3120 E SPRAGUE AVE, SPOKANE, WA'],
    ['7 Elm St, Newark, NJ 7102', '7 ELM ST, NEWARK, NJ 07102'],
    ['7 Elm St, Troy, NY 12180.0', '7 ELM ST, TROY, NY 12180'],
    ['7 Elm St, Troy, NY 121801234 USA', '7 ELM ST, TROY, NY 12180-1234'],
    ['55 North Carolina Ave SE, Washington, DC', '55 NORTH CAROLINA AVE SE, WASHINGTON, DC'],
    ['55 Avenue of Birches, Salem NH', '55 AVENUE OF BIRCHES, SALEM, NH'],
    ['1500 N E 15th Ct, Miami FL', '1500 NE 15TH CT, MIAMI, FL'],
    ['720 S 350W, Provo, UT', '720 S 350 W, PROVO, UT'],
    ['12 Larkspur Bouelvard, Dayton OH', '12 LARKSPUR BLVD, DAYTON, OH'],
    ['70 Larkspur Road, Warwick, Rhode Island 02886 United States', '70 LARKSPUR RD, WARWICK, RI 02886'],
  ])('writes %s as the Postal Service does', (text, line) => {
    expect(normalized(text)).toBe(line)
  })

  it.each([
    ['12 Larkspur RoadHelena, MT 59601', '12 LARKSPUR RD, HELENA, MT 59601'],
    ['12 LarkspurSt, Helena, MT 59601', '12 LARKSPUR ST, HELENA, MT 59601'],
    ['12Larkspur St, HelenaMT 59601', '12 LARKSPUR ST, HELENA, MT 59601'],
    ['12 Larkspur St,Helena,MT59601', '12 LARKSPUR ST, HELENA, MT 59601'],
    ['29elm st, Helena, MT', '29 ELM ST, HELENA, MT'],
    ['12 5thAve, Helena, MT', '12 5TH AVE, HELENA, MT'],
    ['4-12th Ave, Helena, MT', '4 12TH AVE, HELENA, MT'],
    ['12½ Larkspur St, Helena, MT', '12 1/2 LARKSPUR ST, HELENA, MT'],
    ['12 Larkspur St\\nHelena MT', '12 LARKSPUR ST, HELENA, MT'],
  ])('takes apart what was run together in %s', (text, line) => {
    expect(normalized(text)).toBe(line)
  })

  it.each([
    ['123 & 125 Larkspur Ave, Rye NY', '123-125 LARKSPUR AVE'],
    ['123, 125 Larkspur Ave, Rye NY', '123-125 LARKSPUR AVE'],
    ['123, 125 & 127 Larkspur Ave, Rye NY', '123-127 LARKSPUR AVE'],
    ['123 to 127 Larkspur Ave, Rye NY', '123-127 LARKSPUR AVE'],
    ['12 - 45 Larkspur Rd, Fair Lawn NJ', '12-45 LARKSPUR RD'],
    ['1,250 Larkspur St, Salem OR', '1250 LARKSPUR ST'],
    ['12-1/2 Larkspur St, Salem OR', '12 1/2 LARKSPUR ST'],
    ['No. 12 Larkspur St, Salem OR', '12 LARKSPUR ST'],
    ['12 Rear Larkspur St, Salem OR', '12 LARKSPUR ST REAR'],
    ['12 Rear Admiral Dr, Salem OR', '12 REAR ADMIRAL DR'],
    ['7 Eleven, 12 Larkspur St', '12 LARKSPUR ST'],
    ['7-Eleven, 12 Larkspur St, Salem OR', '12 LARKSPUR ST'],
    ['Eleven Larkspur Ave, Salem OR', '11 LARKSPUR AVE'],
    ['Twenty-One South St, Morristown NJ', '21 SOUTH ST'],
    ['One Hundred Fifty Larkspur St, Boston MA', '150 LARKSPUR ST'],
    ['One World Trade Center, New York NY', '1 WORLD TRADE CTR'],
    ['Six Mile Rd, Livonia MI', 'SIX MILE RD'],
    ['Twelve Oaks Mall Rd, Novi MI', 'TWELVE OAKS MALL RD'],
  ])('finds the whole number of %s', (text, line) => {
    expect(parseAddress(text).deliveryLine).toBe(line)
  })

  it.each([
    ['Mile 44 Parks Hwy, Wasilla, AK 99654', 'MILE 44 PARKS HWY, WASILLA, AK 99654'],
    ['Milepost 274.5 Larkspur Highway, Nenana AK', 'MILEPOST 274.5 LARKSPUR HWY, NENANA, AK'],
    ['Larkspur Hwy MP 12.5, Seward AK', 'MP 12.5 LARKSPUR HWY, SEWARD, AK'],
    ['Mile Marker 82 US Hwy 1, Islamorada FL', 'MILE MARKER 82 US HIGHWAY 1, ISLAMORADA, FL'],
    ['Carr. 2 Km. 5.4 Bayamón PR 00959', 'KM 5.4 CARR 2, BAYAMON, PR 00959'],
    ['PR-2 KM 12.3 INT, Hatillo, PR', 'KM 12.3 INT PR HIGHWAY 2, HATILLO, PR'],
    ['2700 E Mile 17 Rd, Edcouch TX', '2700 E MILE 17 RD, EDCOUCH, TX'],
    ['5 Mile Rd, Homer AK', '5 MILE RD, HOMER, AK'],
  ])('tells a distance along the road of %s from the name of a road', (text, line) => {
    expect(normalized(text)).toBe(line)
  })

  it.each([
    ['Urb. Villa Fontana, Calle 5 #12, Carolina PR 00983', '12 CALLE 5 URB VILLA FONTANA'],
    ['Calle Bucare Blq 10 # 1, Manati PR 00674', '10-1 CALLE BUCARE'],
    ['Bo Cantera Bloque 33 Casa 2, Manati PR 00674', '33-2 BO CANTERA'],
    ['Calle 16 Blq L1, Arecibo PR 00612', 'L1 CALLE 16'],
    ['Avenida Ashford 1010, San Juan PR 00907', '1010 AVENIDA ASHFORD'],
    ['1234 Calle Aurora, Mayaguez PR 00680', '1234 CALLE AURORA'],
  ])('finds the number of a house in Puerto Rico: %s', (text, line) => {
    expect(parseAddress(text).deliveryLine).toBe(line)
  })

  it.each([
    ['Harbor View Plaza, Monroe, NY 10950', 'HARBOR VIEW PLAZA, MONROE, NY 10950'],
    ['Larkspur Lane Trailer Park, Salem, MO 65560', 'LARKSPUR LANE TRAILER PARK, SALEM, MO 65560'],
  ])('leaves %s, which has no number, as it is written', (text, line) => {
    expect(normalized(text)).toBe(line)
  })

  it.each([
    ['300 State Hwy 30', '300 STATE HIGHWAY 30'],
    ['300 St Rd 86', '300 STATE ROAD 86'],
    ['300 US 41 SW', '300 US HIGHWAY 41 SW'],
    ['300 I10', '300 INTERSTATE 10'],
    ['300 Ky 1207', '300 KY HIGHWAY 1207'],
    ['300 Hwy 3 Byp Road', '300 HIGHWAY 3 BYPASS RD'],
    ['300 Farm to Market Rd 1200', '300 FM 1200'],
    ['300 N Co Rd 43', '300 N COUNTY ROAD 43'],
    ['300 State Highway No. 9', '300 STATE HIGHWAY 9'],
    ['300 Private Road 1240', '300 PRIVATE ROAD 1240'],
    ['300 US-31 S', '300 US HIGHWAY 31 S'],
    ['300 I-10 E', '300 INTERSTATE 10 E'],
    ['300 Hwy A1A', '300 HIGHWAY A1A'],
    ['300 Old Hwy 7', '300 OLD HIGHWAY 7'],
    ['300 Old State Hwy 7 N', '300 OLD STATE HIGHWAY 7 N'],
    ['300 Old Rte 22', '300 OLD ROUTE 22'],
    ['300 Old US 22', '300 OLD US HIGHWAY 22'],
    ['300 Old Mill Rd', '300 OLD MILL RD'],
    ['300 PR 1234, Lubbock TX', '300 PRIVATE ROAD 1234, LUBBOCK, TX'],
    ['300 Town Road 39, Yulan NY', '300 TOWN ROAD 39, YULAN, NY'],
    ['300 Town Hill Rd', '300 TOWN HILL RD'],
    ['300 PR 2, Hatillo PR', '300 PR HIGHWAY 2, HATILLO, PR'],
    ['300 Pvt Rd 1240', '300 PRIVATE ROAD 1240'],
  ])('spells the numbered road of %s by Publication 28, appendix F', (text, line) => {
    expect(normalized(text)).toBe(line)
  })

  it.each([
    ['500 Oak St Suite #210', '500 OAK ST STE 210'],
    ['500 Oak St, 2nd Floor', '500 OAK ST FL 2'],
    ['500 Oak St Bldg 4 Apt 12', '500 OAK ST BLDG 4 APT 12'],
    ['500 Oak St Apt 12 # 877', '500 OAK ST APT 12 # 877'],
    ['500 Oak St Rear', '500 OAK ST REAR'],
    ['500 Oak St PMB 77', '500 OAK ST PMB 77'],
    ['500 Oak St APT4', '500 OAK ST APT 4'],
    ['Apt 9, 500 Oak St', '500 OAK ST APT 9'],
    ['500 Oak St Apt Apt 3', '500 OAK ST APT 3'],
    ['500 Oak St # 3 Apt 3', '500 OAK ST APT 3'],
    ['500 Oak St Apt 3 # 3', '500 OAK ST APT 3'],
    ['500 Oak St, 2FL', '500 OAK ST FL 2'],
    ['500 Oak St, Suites 1 & 2', '500 OAK ST STE 1 & 2'],
    ['500 Oak St, Suite 250 North', '500 OAK ST STE 250 NORTH'],
    ['901 Pier View Dr', '901 PIER VIEW DR'],
    ['500 Oak St Studio 3', '500 OAK ST STUDIO 3'],
    ['500 Oak St, Villa 12', '500 OAK ST VILLA 12'],
    ['500 Oak St Tower 2 Apt 14C', '500 OAK ST TOWER 2 APT 14C'],
    ['500 Oak St, Tower B', '500 OAK ST TOWER B'],
    ['500 Oak St Cabin 4', '500 OAK ST CABIN 4'],
    ['500 Oak St Dorm 4 Room 214', '500 OAK ST DORM 4 RM 214'],
    ['500 Oak St Rear Apt', '500 OAK ST APT REAR'],
    ['500 Oak St Garage Apt, Venice CA', '500 OAK ST APT GARAGE, VENICE, CA'],
    ['500 Oak St, Studio', '500 OAK ST STUDIO'],
    ['500 Oak St RV Space 17', '500 OAK ST SPC 17'],
    ['500 Oak St №4', '500 OAK ST # 4'],
    ['500 Oak St Upstairs', '500 OAK ST UPPR'],
    ['500 Oak St Lwr', '500 OAK ST LOWR'],
    ['500 Oak St Appt 3', '500 OAK ST APT 3'],
    ['500 Oak St Aparment 3', '500 OAK ST APT 3'],
    ['500 Oak St-3B', '500 OAK ST # 3B'],
    ['500 Oak St Ground Floor Apt', '500 OAK ST FL GROUND'],
    ['Unit 3 at 500 Oak St', '500 OAK ST UNIT 3'],
    ['Bldg 2, 500 Oak St Apt 6', '500 OAK ST BLDG 2 APT 6'],
    ['500 Oak St Mail Stop 40', '500 OAK ST STOP 40'],
    ['500 Oak St, Private Mailbox 210', '500 OAK ST PMB 210'],
    ['500 Oak St, Storage Unit 114', '500 OAK ST UNIT 114'],
    ['Storage unit 114, 500 Oak St', '500 OAK ST UNIT 114'],
    ['500 Oak St, Flat 2', '500 OAK ST FLAT 2'],
    ['Studio 3, 500 Oak St, Venice CA', '500 OAK ST STUDIO 3, VENICE, CA'],
    ['Villa 12, 500 Oak St, Venice CA', '500 OAK ST VILLA 12, VENICE, CA'],
    ['Cottage 5 - 45 Oak St, Venice CA', '45 OAK ST COTTAGE 5, VENICE, CA'],
    ['Juniper Court Apartments Unit 12, 500 Oak St, Venice CA', '500 OAK ST UNIT 12, VENICE, CA'],
    ['Juniper Place #204, 500 Oak St, Venice CA', '500 OAK ST # 204, VENICE, CA'],
  ])('standardizes the secondary unit of %s', (text, line) => {
    expect(normalized(text)).toBe(line)
  })

  it.each([
    ['P.O. Box 123, Southfield, MI 48034', 'PO BOX 123, SOUTHFIELD, MI 48034'],
    ['Post Office Box # 9, Elko NV', 'PO BOX 9, ELKO, NV'],
    ['Rural Route 2 Box 18A, Salem MO', 'RR 2 BOX 18A, SALEM, MO'],
    ['Star Route 66 Box 4, Salem MO', 'HC 66 BOX 4, SALEM, MO'],
    ['Box 74 PSC 802, APO AE 09499', 'PSC 802 BOX 74, APO, AE 09499'],
    ['General Delivery, Salem MO 65560', 'GENERAL DELIVERY, SALEM, MO 65560'],
    ['Gen. Del., Salem MO', 'GENERAL DELIVERY, SALEM, MO'],
    ['P.0. Box 5, Elko NV', 'PO BOX 5, ELKO, NV'],
    ['P O B 5, Elko NV', 'PO BOX 5, ELKO, NV'],
    ['PO Box B, Elko NV', 'PO BOX B, ELKO, NV'],
  ])('knows that %s is no street', (text, line) => {
    expect(normalized(text)).toBe(line)
    expect(parseAddress(text).streetName).toBeUndefined()
  })

  it('tells a recipient from the street', () => {
    expect(written('Lakeview Dental Group, 310 Birch Rd, Duluth MN')).toMatchObject({
      recipient: 'Lakeview Dental Group',
      number: '310',
      streetName: 'Birch',
    })
  })

  it.each([
    ['Main St & Elm Ave, Dayton, OH', { streetName: 'Main', crossStreet: 'Elm Ave', city: 'Dayton' }],
    ['5th & Larkspur', { streetName: '5th', crossStreet: 'Larkspur' }],
    ['Main & Larkspur, Keene NH', { streetName: 'Main', crossStreet: 'Larkspur' }],
    ['Larkspur St x Vetch St, Keene NH', { streetName: 'Larkspur', crossStreet: 'Vetch St', city: 'Keene' }],
    ['Larkspur St/Vetch St, Keene NH', { streetName: 'Larkspur', crossStreet: 'Vetch St', city: 'Keene' }],
    ['US-20 & SR-9, Norwalk OH', { pretype: 'US', streetName: '20', crossStreet: 'SR-9' }],
    ['corner of 9th and Larkspur, Salem', { streetName: '9th', crossStreet: 'Larkspur', city: 'Salem' }],
  ])('knows the intersection %s by its second street', (text, parts) => {
    expect(written(text)).toMatchObject(parts)
  })

  it.each(['corner of Main St and Oak Ave, Boise, ID', 'The intersection of Main St & Oak Ave, Boise, ID'])(
    'has no recipient for %s',
    (text) => {
      expect(parseAddress(text)).toMatchObject({ deliveryLine: 'MAIN ST AND OAK AVE', recipient: undefined })
    },
  )

  it('delivers to the number of a house that is told by its corner', () => {
    expect(normalized('12 Main St at Larkspur Mall, Dayton, OH')).toBe('12 MAIN ST, DAYTON, OH')
  })

  it('takes two people for no intersection', () => {
    expect(parseAddress('Larkspur & Vetch, Dayton, OH').crossStreet).toBeUndefined()
  })

  it.each([
    ['12 N. Larkspur St. West, Dayton OH', '12 N LARKSPUR ST W, DAYTON, OH'],
    ['12 Larkspur St N Dayton OH', '12 LARKSPUR ST N, DAYTON, OH'],
    ['12 Larkspur St W Chicago IL', '12 LARKSPUR ST, W CHICAGO, IL'],
    ['25 W 10 Mile Rd, Hazel Park, MI', '25 W 10 MILE RD, HAZEL PARK, MI'],
    ['12 Larkspur Hwy, Cudjoe Key, FL', '12 LARKSPUR HWY, CUDJOE KEY, FL'],
    ['12 Court Street Plaza Albany NY', '12 COURT STREET PLZ, ALBANY, NY'],
  ])('finds where street and city of %s part', (text, line) => {
    expect(normalized(text)).toBe(line)
  })

  it.each([
    'Address: 12 Larkspur Rd, Moscow, ID 83843',
    'Ship to: 12 Larkspur Rd, Moscow, ID 83843',
    'Street Address: 12 Larkspur Rd, City: Moscow, State: ID, Zip Code: 83843',
    'Street: 12 Larkspur Rd City: Moscow State: ID Zip: 83843',
    '12 Larkspur Rd, Moscow, ID zip code 83843',
    '12 Larkspur Rd, Moscow ID 83843 Phone: 208-555-0182',
    '12 Larkspur Rd, Moscow ID 83843, (208) 555-0182',
    '12 Larkspur Rd, Moscow ID 83843 tel 208 555 0182',
    '208.555.0182, 12 Larkspur Rd, Moscow ID 83843',
    '12 Larkspur Rd, Moscow ID 83843 +1 208 555 0182',
    '12 Larkspur Rd Moscow ID 83843 email kim.lee@example.org',
    'addr=12 Larkspur Rd; city=Moscow; state=ID; zip=83843',
  ])('reads no caption or telephone number into %s', (text) => {
    expect(normalized(text)).toBe('12 LARKSPUR RD, MOSCOW, ID 83843')
    expect(parseAddress(text).recipient).toBeUndefined()
  })

  it('reads no remark behind the last line for a unit', () => {
    expect(parseAddress('12 Larkspur Rd, Moscow, ID 83843 (near the library)').unit).toBeUndefined()
  })

  it.each([
    '12 Larkspur Rd, gate code 77, Moscow, ID 83843',
    '12 Larkspur Rd gate #1234 Moscow ID 83843',
    '12 Larkspur Rd buzzer 12, Moscow, ID 83843',
    '12 Larkspur Rd (Gate code: #4455), Moscow, ID 83843',
    '12 Larkspur Rd, Moscow, ID 83843, call box 12',
    '12 Larkspur Rd PARCEL 0123, Moscow, ID 83843',
    '12 Larkspur Rd, Moscow, ID 83843, APN 0123-456-78',
  ])('reads no code of a door and no parcel into %s', (text) => {
    expect(normalized(text)).toBe('12 LARKSPUR RD, MOSCOW, ID 83843')
    expect(parseAddress(text).recipient).toBeUndefined()
  })

  it.each([
    ['12 Court St, Brooklyn, New York, NY 11201', 'BROOKLYN, NY 11201'],
    ['12 Court St Brooklyn New York NY', 'BROOKLYN, NY'],
    ['12 Bay St, Staten Island, New York City, NY', 'STATEN ISLAND, NY'],
    ['12 Court St, Manhattan, New York, NY, USA', 'MANHATTAN, NY'],
    ['12 Court St, The Bronx, New York', 'THE BRONX, NY'],
  ])('knows the borough of %s for the city', (text, lastLine) => {
    expect(parseAddress(text).lastLine).toBe(lastLine)
  })

  it('takes a city before a colon for no caption', () => {
    expect(parseAddress('Kansas City: 12 Larkspur Rd').recipient).toBe('Kansas City')
  })

  it.each([
    ['306 Larkspur Rd, Durham, Durham County, NC 27701', 'DURHAM, NC 27701'],
    ['306 Larkspur Rd, Durham (Durham Co.), NC 27701', 'DURHAM, NC 27701'],
    ['61 Larkspur Ln Goshen Orange County NY 10924', 'GOSHEN, NY 10924'],
    ['2 Larkspur Rd, Houma, Terrebonne Parish, LA', 'HOUMA, LA'],
    ['306 Larkspur Rd, Durham County, NC', 'DURHAM COUNTY, NC'],
    ['306 Larkspur Rd, Orange Co, CA', 'ORANGE CO, CA'],
  ])('takes the county of %s for the city only where none stands beside it', (text, lastLine) => {
    expect(parseAddress(text).lastLine).toBe(lastLine)
  })

  it.each([
    ['77 Beacon St, Boston, Massachusets 02108', 'BOSTON, MA 02108'],
    ['77 Beacon St, Boston Mass', 'BOSTON, MA'],
    ['5 Gorge Rd, Beckley, West Va', 'BECKLEY, WV'],
    ['640 Larkspur Ln, Minot, N. Dak. 58701', 'MINOT, ND 58701'],
    ['14 Larkspur Dr, Conway, So. Carolina', 'CONWAY, SC'],
    ['14 Larkspur Dr, Conway, South Carolna 29526', 'CONWAY, SC 29526'],
    ['14 Larkspur Dr West, VA 22030', 'VA 22030'],
    ['14 Larkspur Dr, Portland, ME Maine 04101', 'PORTLAND, ME 04101'],
    ['14 Larkspur Dr, Portland, Maine (ME) 04101', 'PORTLAND, ME 04101'],
    ['14 Larkspur Dr, LA, CA 90017', 'LA, CA 90017'],
    ['14 Larkspur Dr, NY NY', 'NEW YORK, NY'],
    ['14 Larkspur Dr, Albany, NY New York 12207', 'ALBANY, NY 12207'],
  ])('knows the state of %s', (text, lastLine) => {
    expect(parseAddress(text).lastLine).toBe(lastLine)
  })

  it.each([
    ['84403, 12 Larkspur Ln', '12 LARKSPUR LN, 84403'],
    ['UT 84403, Ogden, 12 Larkspur Ln', '12 LARKSPUR LN, OGDEN, UT 84403'],
    ['Ogden UT, 12 Larkspur Ln', '12 LARKSPUR LN, OGDEN, UT'],
    ['12 Larkspur Ln, 84403 Ogden UT', '12 LARKSPUR LN, OGDEN, UT 84403'],
    ['12 Larkspur Ln CA 90291 Venice', '12 LARKSPUR LN, VENICE, CA 90291'],
    ['Ogden, UT 84403 - 12 Larkspur Ln', '12 LARKSPUR LN, OGDEN, UT 84403'],
    ['12 Larkspur Ct 100 - 102, Ogden UT', '12 LARKSPUR CT # 100-102, OGDEN, UT'],
    ['12 Larkspur Ln, Ogden UT 84403 - 1234', '12 LARKSPUR LN, OGDEN, UT 84403-1234'],
    ['Darien, CT: 31 Larkspur Ln', '31 LARKSPUR LN, DARIEN, CT'],
    ['31 Larkspur Ln<br/>Darien, CT', '31 LARKSPUR LN, DARIEN, CT'],
    ['<b>31</b> Larkspur Ln, Darien, CT', '31 LARKSPUR LN, DARIEN, CT'],
    ['12 Larkspur Ln, 84403 UT', '12 LARKSPUR LN, UT 84403'],
    ['Larkspur Ln 12, Ogden UT 84403', '12 LARKSPUR LN, OGDEN, UT 84403'],
    ['12 Larkspur Ln, Nowhere Meadows CA', '12 LARKSPUR LN, NOWHERE MEADOWS, CA'],
    ['12 Larkspur Ln, Yakima Washington State', '12 LARKSPUR LN, YAKIMA, WA'],
    ['100 Lincoln Nebraska', '100 LINCOLN, NE'],
    ['Lincoln Nebraska', 'LINCOLN, NE'],
    ['12 Rue de la Course, Mandeville LA', '12 RUE DE LA COURSE, MANDEVILLE, LA'],
    ['12 Smith &amp; Vetch Rd, Ogden UT', '12 SMITH & VETCH RD, OGDEN, UT'],
  ])('finds its way in %s', (text, line) => {
    expect(normalized(text)).toBe(line)
  })

  it('is less sure of a text that is no address', () => {
    expect(parseAddress('please call me back tomorrow').confidence).toBeLessThan(
      parseAddress('412 Juniper St, Boise, ID 83702').confidence,
    )
  })

  it('has nothing to say of an empty text', () => {
    expect(written('')).toEqual({})
    expect(normalized(' , ')).toBe('')
  })
})

describe('parseAddressFields', () => {
  it('lets the fields win over what the street line says', () => {
    const parsed = parseAddressFields({
      street1: '24520 Lodestar Rd, Detroit',
      street2: '2B',
      city: 'Southfield',
      state: 'Michigan',
      zip: '48034',
    })
    expect(parsed.deliveryLine).toBe('24520 LODESTAR RD # 2B')
    expect(parsed.lastLine).toBe('SOUTHFIELD, MI 48034')
  })

  it('takes a whole address in the first field', () => {
    expect(parseAddressFields({ street1: '12 Harbor Row, Boston, MA 02108' }).lastLine).toBe('BOSTON, MA 02108')
  })
})

const numbers = fc.oneof(
  fc.integer({ min: 1, max: 99_999 }).map(String),
  fc.constantFrom('112-10', '12 1/2', '4100A', 'N6W23001'),
)
const names = fc.constantFrom('TIFFANY', 'OAK RIDGE', '3RD', 'WASHINGTON', 'LODESTAR', 'SAINT CHARLES', 'SANTA FE')
const suffixes = fc.constantFrom('ST', 'AVE', 'RD', 'DR', 'LN', 'BLVD', 'CT', 'WAY', 'TER', 'PKWY')
const cities = fc.constantFrom(
  { city: 'SOUTHFIELD', state: 'MI', zip: '48034' },
  { city: 'SALT LAKE CITY', state: 'UT', zip: '84105' },
  { city: 'WINSTON SALEM', state: 'NC', zip: '27101' },
  { city: 'FOREST HILLS', state: 'NY', zip: '11375' },
  { city: 'LOS ANGELES', state: 'CA', zip: '90012' },
)
const units = fc.constantFrom(
  {},
  { unitDesignator: 'APT', unit: '4' },
  { unitDesignator: 'STE', unit: '210B' },
  { unitDesignator: '#', unit: '12' },
  { unitDesignator: 'REAR' },
)
const addresses = fc
  .record({
    primaryNumber: numbers,
    predirectional: fc.constantFrom(undefined, 'N', 'SW'),
    streetName: names,
    suffix: suffixes,
    postdirectional: fc.constantFrom(undefined, 'E', 'NW'),
    unit: units,
    place: cities,
  })
  .map(({ unit, place, ...street }) => ({ ...street, ...unit, ...place }))

describe('parsing and formatting', () => {
  it('gives back the parts that a line was written from', () => {
    fc.assert(
      fc.property(addresses, (parts) => {
        const { standardized } = parseAddress(formatAddress(parts))
        expect(standardized).toEqual(parts)
      }),
    )
  })

  it('changes nothing when a normalized line is normalized again', () => {
    fc.assert(
      fc.property(addresses, (parts) => {
        const once = normalized(formatAddress(parts).toLowerCase())
        expect(normalized(once)).toBe(once)
      }),
    )
  })

  it('does not mind case, blanks and missing commas', () => {
    fc.assert(
      fc.property(addresses, (parts) => {
        const line = formatAddress(parts)
        for (const other of [line.toLowerCase(), ` ${line.replaceAll(' ', '   ')} `, line.replaceAll(',', '')]) {
          expect(normalized(other)).toBe(line)
        }
      }),
    )
  })

  it('answers any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { spans, confidence } = parseAddress(text)
        expect(confidence).toBeGreaterThanOrEqual(0)
        for (const span of Object.values(spans)) if (span) expect(span[1]).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2000 },
    )
  })

  it('reads through accents, right-to-left marks, odd blanks and emoji', () => {
    expect(normalized('\u200f12\u00a0Cañón\u200e Rd 🏠, San José, CA')).toBe('12 CANON RD, SAN JOSE, CA')
  })

  it('takes time that grows with the text, not with its square', () => {
    const line = '29090 Tiffany Drive E Apt 4, Southfield, MI 48034, '
    const processorTime = (length: number) => {
      const text = line.repeat(Math.ceil(length / line.length))
      let best = Infinity
      for (let i = 0; i < 5; i++) {
        const begin = process.cpuUsage()
        parseAddress(text)
        const { user, system } = process.cpuUsage(begin)
        best = Math.min(best, user + system)
      }
      return best
    }
    // ten times the text; its square would be a hundred times
    expect(processorTime(500_000)).toBeLessThan(processorTime(50_000) * 50)
  })
})

const CORPORA = '../shared/corpora'

describe.skipIf(!existsSync(CORPORA))('on lines that others collected', () => {
  it.each(['unlabelled-samples', 'unlabelled-nyc'])('finds a place in nearly every line of %s', (set) => {
    const lines = readFileSync(`${CORPORA}/${set}.jsonl`, 'utf8').split('\n').filter(Boolean)
    const placeless = lines.filter((line) => {
      const { input } = JSON.parse(line) as { input: string }
      const { deliveryLine, lastLine } = parseAddress(input)
      return deliveryLine === '' && lastLine === ''
    })
    expect(placeless.length).toBeLessThan(lines.length / 1000)
  })
})
