/** The fields of requests about accounts, grants and sessions. */
export const accessWords: Readonly<Record<string, string>> = {
  'GrantRole.account': '账号。The account that is given the role.',
  'GrantRole.books': '限定的账套,仅限三资代理中心会计。The books assigned to a township accountant; all when left out.',
  'GrantRole.division': '授权的区划,级别由角色决定。The division, of the level that the role demands.',
  'GrantRole.from': '起日。The first day.',
  'GrantRole.to': '止日(含),不填为长期。The last day; lasting when left out.',
  'GrantsQuery.account': '账号,不填为全部。The account; all when left out.',
  held: '今日是否有效。Whether the grant holds today.',
  'GrantRole.role': '角色。The role.',
  'LogIn.id': '账号。The account.',
  password: '当前密码。The password as it is now.',
  newPassword: '新密码,12至128个字符。The new password, 12 to 128 characters.',
  flow: '开始登录时得到的flow。What the log-in began with.',
  callbackUrl:
    '统一身份认证跳转回来的完整网址,含code和state。The whole address to which the provider sent the browser back, with code and state.',
  'CreateToken.name': '令牌的用途名称,不含个人信息。What the token is for, without personal data.',
  'CreateToken.to': '最后有效日(含),至多一年。The last day on which it holds, at most a year away.',
  'CreateAccount.id': '账号编号,即事实中的经办人,以后不变。The staff id that facts will name; it stays.',
  oidcSubject:
    '统一身份认证中的标识(sub);填写后以其登录,不设密码。Its subject at the identity provider; then no password is made.',
  'SessionsQuery.account': '账号,不填为自己。The account; the asker’s own when left out.',
  'TokensQuery.account': '账号,不填为自己。The account; the asker’s own when left out.',
  'AccessRecordQuery.account': '账号,不填为全部。The account; all when left out.',
  'AccessRecordQuery.about':
    '涉及的账号、农户等编号,不填为全部。The id of whom or what it is about; all when left out.',
};
