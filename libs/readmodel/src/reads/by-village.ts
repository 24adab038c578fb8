/** In the order of villages, and in each by a name of its own. */
export function byVillageAndName(
  [village, name]: [string, string],
  [otherVillage, otherName]: [string, string],
): number {
  if (village !== otherVillage) return village < otherVillage ? -1 : 1;
  return name < otherName ? -1 : 1;
}
