/** The fields of requests about drafts. */
export const draftWords: Readonly<Record<string, string>> = {
  'DraftsQuery.book': '账套编号。The id of the book.',
  'DraftsQuery.preparedBy': '制单人。Who prepared it.',
  'DraftsQuery.status':
    '状态;不填为全部。Whether it waits, came back, was withdrawn or is recorded; all when left out.',
  'ResubmitDraft.body':
    '修改后的全部内容,同原接口的请求内容。All of it as it is to be, as the route of its command takes it.',
  waitingFor: 'me:等我审核的,或退回给我的。What I can sign, or what came back to me.',
};
