import { disclosurePurposes, personalDataParts, roles } from '@ledger/domain';
import { draftsReadBy } from '../drafts/read-by.js';
import { factsReadBy } from './facts-in-sight.js';
import type { Operation } from './rules/index.js';
import { ofOwnHousehold } from './rules/own-household.js';

export interface Note {
  readonly zh: string;
  readonly en: string;
}

const own: Note = {
  zh: '只限本人的;系统管理员可及所有人的。',
  en: 'One’s own; for system administrators those of everybody.',
};
const inSession: Note = {
  zh: '只限本人登录的会话,接口令牌不行。',
  en: 'In a session of one’s own, not by an API token.',
};
const facts: Note = {
  zh: `事实须能看到所涉的所有村,且角色可办相应的读取,按流的类别:${readsOf(factsReadBy)}。项目事实涉及单个农户的,按\`household\`;账套的交接,按\`handover\`。`,
  en: `A fact is there for who sees every village that it touches, by a role that may do the read which tells the same, by the category of its stream: ${readsOf(factsReadBy)}. Facts of projects that tell of single households count as \`household\`, the handover of a book as \`handover\`.`,
};
const drafts: Note = {
  zh: `送审单须角色可办相应的读取,按命令:${readsOf(draftsReadBy)}。`,
  en: `Drafts of others are there only for roles that may do the read which tells what came of them, by the command: ${readsOf(draftsReadBy)}.`,
};
const preparer: Note = { zh: '只限制单人本人。', en: 'By its preparer alone.' };
const papers: Note = {
  zh: '只限上传者,或能看到提到该附件的事实或送审单的人。',
  en: 'For who uploaded the file, or sees a fact or a draft that names it.',
};
const counts: Note = {
  zh: '只凭村民身份的,户数、人数不足五的不列。',
  en: 'Who asks as a villager alone is told no count of people or households from one to four.',
};

const ownHousehold: Note = {
  zh: '村民只限本人授权所填(`household`)的本户;其他农户,本村的也一样,如同不存在。',
  en: 'For a villager the household alone that his grant names (`household`); others, of his own village too, are as if they were not there.',
};

/** What an operation asks for beyond a role and its place; printed with the rule. */
export const notes: Readonly<Partial<Record<Operation, Note>>> = {
  getSessions: own,
  revokeSession: own,
  getTokens: own,
  revokeToken: own,
  changePassword: inSession,
  createToken: inSession,
  getAccessRecord: {
    zh: '授权须及于全区,否则403 GRANT_TOO_NARROW。',
    en: 'By a grant for the whole district; a narrower one is answered with 403 GRANT_TOO_NARROW.',
  },
  revealPersonalData: disclosures(),
  getEvents: facts,
  getFeed: facts,
  getDrafts: drafts,
  getDraftsById: drafts,
  returnDraft: { zh: '制单人自己不能退回。', en: 'By nobody who prepared it.' },
  withdrawDraft: preparer,
  resubmitDraft: preparer,
  approveDraft: { zh: '制单人和已签的人不能审核。', en: 'By nobody who prepared it or has signed it.' },
  getAttachmentsBySha256: papers,
  headAttachmentsBySha256: papers,
  getVillagesProjects: counts,
  getDivisionsProjects: counts,
  getDivisionsEnrolments: counts,
  ...Object.fromEntries(ofOwnHousehold.map((operation) => [operation, ownHousehold])),
  getDivisionsHouseholds: {
    zh: `逐户只给可办\`getVillagesHouseholds\`的角色,其他角色只见户数。${counts.zh}`,
    en: `Households one by one for roles that may do \`getVillagesHouseholds\`, their number for the others. ${counts.en}`,
  },
};

function readsOf(readBy: Iterable<readonly [string, Operation]>): string {
  return [...readBy].map(([of, read]) => `\`${of}\` → \`${read}\``).join(', ');
}

function disclosures(): Note {
  const purposes = Object.entries(disclosurePurposes);
  const zh = purposes.map(([, { zh: name, parts, roles: by }]) => {
    return `${name}(${parts.map((part) => personalDataParts[part].zh).join('、')}):${by.map((role) => roles[role].zh).join('、')}`;
  });
  const en = purposes.map(([name, { parts, roles: by }]) => {
    return `\`${name}\` (${parts.map((part) => `\`${part}\``).join(', ')}): ${by.map((role) => roles[role].en).join(', ')}`;
  });
  return { zh: `按目的:${zh.join(';')}。`, en: `By purpose: ${en.join('; ')}.` };
}
