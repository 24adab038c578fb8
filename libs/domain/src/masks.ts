/** What is shown of personal data to whoever has not said why he needs it. */

/** 张**, whatever the name's length; a name of one character is not shown at all. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = [...name.trim()];
  return rest.length === 0 ? '**' : `${first}**`;
}

/** The first four and the last two characters: `3306************2X`. */
export function maskedResidentId(number: string): string {
  return hidden(number, 4, 2);
}

/** `138****1234`. */
export function maskedMobile(number: string): string {
  return hidden(number, 3, 4);
}

/** The last four digits. */
export function maskedBankAccount(number: string): string {
  return hidden(number, 0, 4);
}

function hidden(text: string, first: number, last: number): string {
  if (text.length <= first + last) return '*'.repeat(text.length);
  return `${text.slice(0, first)}${'*'.repeat(text.length - first - last)}${text.slice(-last)}`;
}
