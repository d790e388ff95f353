import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanBrandName } from './clean-brand-name.ts'

describe('cleanBrandName', () => {
  it.each([
    ['Charter Communications, Inc.', 'Charter Communications'],
    ['Valley Telephone Cooperative, Inc.', 'Valley Telephone Cooperative'],
    ['COMCAST CABLE COMMUNICATIONS, LLC', 'Comcast Cable Communications'],
    ['SERVICE AREA 5 CABLE, L.L.C.', 'Service Area 5 Cable'],
    ['Chesnee Telephone Company, Inc. d/b/a Comporium', 'Comporium'],
    ['Modcomp, INC DBA CSPi Technology Solutions', 'CSPi Technology Solutions'],
    ['CTI NETWORKS (dba Foo Net)', 'Foo Net'],
    ['Home Telephone Co.', 'Home Telephone Company'],
    ['NBee Line CableULL', 'NBee Line Cable'],
    ['  “Quoted”   Net,  Inc ', 'Quoted Net'],
    ['acme wireless', 'Acme Wireless'],
    ['bloosurf', 'bloosurf'],
    ['AT&T', 'AT&T'],
    ['O.P.E.N.', 'O.P.E.N.'],
    ['PUD No 1 of Chelan County', 'PUD No 1 of Chelan County'],
    ['LLC', 'LLC'],
    ['', ''],
  ])('calls %o %o', (filed, name) => {
    expect(cleanBrandName(filed)).toBe(name)
  })

  it('answers any text with trimmed text that is hardly longer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (filed) => {
        const name = cleanBrandName(filed)
        expect(name.length).toBeLessThanOrEqual(filed.normalize('NFKC').length + 5)
        expect(name).toBe(name.trim())
      }),
    )
  })
})
