/** The part of autocannon that the benchmark uses; the package has no types of its own. */
declare module 'autocannon' {
  interface Result {
    readonly requests: { readonly total: number }
    readonly errors: number
    readonly non2xx: number
    readonly duration: number
  }

  export default function autocannon(options: {
    readonly url: string
    readonly method: string
    readonly body: string
    readonly headers: Readonly<Record<string, string>>
    readonly duration: number
    readonly connections: number
  }): Promise<Result>
}
