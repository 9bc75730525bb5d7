/** A decimal string with commas between thousands; its digits stay as they are. */
export function groupDigits(amount: string): string {
  const [whole = '', part] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}
