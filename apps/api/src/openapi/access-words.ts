/** The fields of requests about accounts, grants and sessions. */
export const accessWords: Readonly<Record<string, string>> = {
  'GrantRole.account': '账户。The account that is given the role.',
  'GrantRole.books': '限定的账套,仅限三资代理中心会计。The books assigned to a township accountant; all when left out.',
  'GrantRole.division': '授权的区划,级别由角色决定。The division, of the level that the role demands.',
  'GrantRole.from': '起日。The first day.',
  'GrantRole.to': '止日(含),不填为长期。The last day; lasting when left out.',
  'GrantsQuery.account': '账户,不填为全部。The account; all when left out.',
  held: '今日是否有效。Whether the grant holds today.',
  'GrantRole.role': '角色。The role.',
};
