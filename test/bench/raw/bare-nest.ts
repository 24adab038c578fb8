import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Body, Controller, Module, Param, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import { IsNumber, IsString, Matches, ValidateNested } from 'class-validator';
import { BareLogWriter, headsOf, sampleFacts } from './log-file.js';

// A Nest application with nothing in it: the framework, the same body validated, an answer of the same shape. Run as a
// process: `bare-nest.js <log file>`; it says its address on the channel to its parent.

const file = process.argv[2] ?? '';
const writer = new BareLogWriter(file);
const heads = headsOf(file, 'ledger-');
const texts = sampleFacts(file, 'IncomeRecorded', 100);
let asked = 0;

class Settlement {
  @IsString() account!: string;
}

class Income {
  @Matches(/^\d{4}-\d{2}-\d{2}$/) effectiveOn!: string;
  @IsString() account!: string;
  @IsNumber() amountFen!: number;
  @ValidateNested() @Type(() => Settlement) settlement!: Settlement;
  @IsString() summary!: string;
  @IsString() preparedBy!: string;
  @IsString() reviewedBy!: string;
}

function receipt(stream: string, revision: number) {
  const id = '00000000-0000-8000-8000-000000000000';
  return { position: ++asked, stream, revision, facts: [{ id, type: 'IncomeRecorded', revision }] };
}

@Controller('books/:id')
class Books {
  @Post('immediate')
  async immediate(@Param('id') book: string, @Body() income: Income) {
    await nextTurn();
    return receipt(`ledger-${book}-${income.effectiveOn.slice(0, 4)}`, asked);
  }

  @Post('insert')
  async insert(@Param('id') book: string, @Body() income: Income) {
    const head = heads[asked % heads.length];
    if (head === undefined) throw new Error('the log has no streams');
    await writer.append(head, texts[asked % texts.length] ?? '', randomBytes(16));
    return receipt(`ledger-${book}-${income.effectiveOn.slice(0, 4)}`, head.revision);
  }
}

@Module({ controllers: [Books] })
class Bare {}

const app = await NestFactory.create<NestFastifyApplication>(Bare, new FastifyAdapter(), { logger: ['error'] });
app.setGlobalPrefix('api/v1');
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
await app.listen(0, '127.0.0.1');
process.send?.({ url: await app.getUrl() });
process.on('disconnect', () => process.exit(0));
