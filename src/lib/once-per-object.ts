/**
 * Does a piece of work once for each object and gives what came of it again for as long as the object lives. For
 * objects that never change; the same content in another object is worked on anew.
 */
export function oncePerObject<Subject extends object, Result extends object | string>(
  work: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const results = new WeakMap<Subject, Result>()
  return (subject) => {
    let result = results.get(subject)
    if (result === undefined) results.set(subject, (result = work(subject)))
    return result
  }
}
