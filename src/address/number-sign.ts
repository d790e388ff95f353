/** Whether a word only says that a number follows: `#`, "No", "Number". */
export function isNumberSign(key: string | undefined): boolean {
  return key === '#' || key === 'NO' || key === 'NUM' || key === 'NUMBER'
}
