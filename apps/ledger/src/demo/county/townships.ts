import type { ArchetypeKey } from './archetypes.js';

export interface Township {
  readonly code: string;
  readonly name: string;
  /** How its made-up villages are called. */
  readonly short: string;
  /** With the villages whose names are real. */
  readonly villages: number;
  readonly archetypes: readonly ArchetypeKey[];
}

export const district = { code: '330603000000', name: '柯桥区' };

const TOWN = ['factory', 'market', 'transport', 'factory'] as const;
const EDGE = ['factory', 'transport', 'tourism', 'market'] as const;
const HILLS = ['tea', 'bamboo', 'tourism', 'tea'] as const;

/** The sixteen townships by their present codes; how many of the 214 villages lie in each is made up. */
export const townships: readonly Township[] = [
  { code: '330603001000', name: '柯桥街道', short: '柯桥', villages: 9, archetypes: TOWN },
  { code: '330603002000', name: '柯岩街道', short: '柯岩', villages: 15, archetypes: EDGE },
  { code: '330603003000', name: '华舍街道', short: '华舍', villages: 12, archetypes: TOWN },
  { code: '330603004000', name: '湖塘街道', short: '湖塘', villages: 14, archetypes: EDGE },
  { code: '330603005000', name: '齐贤街道', short: '齐贤', villages: 16, archetypes: TOWN },
  { code: '330603006000', name: '福全街道', short: '福全', villages: 14, archetypes: EDGE },
  { code: '330603007000', name: '安昌街道', short: '安昌', villages: 13, archetypes: TOWN },
  { code: '330603008000', name: '兰亭街道', short: '兰亭', villages: 16, archetypes: EDGE },
  { code: '330603009000', name: '钱清街道', short: '钱清', villages: 16, archetypes: TOWN },
  { code: '330603010000', name: '杨汛桥街道', short: '杨汛桥', villages: 13, archetypes: TOWN },
  { code: '330603011000', name: '马鞍街道', short: '马鞍', villages: 13, archetypes: TOWN },
  { code: '330603105000', name: '平水镇', short: '平水', villages: 17, archetypes: HILLS },
  { code: '330603107000', name: '王坛镇', short: '王坛', villages: 13, archetypes: HILLS },
  { code: '330603109000', name: '稽东镇', short: '稽东', villages: 12, archetypes: HILLS },
  { code: '330603111000', name: '漓渚镇', short: '漓渚', villages: 9, archetypes: EDGE },
  { code: '330603114000', name: '夏履镇', short: '夏履', villages: 12, archetypes: HILLS },
];
