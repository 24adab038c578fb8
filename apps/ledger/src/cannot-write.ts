const CANNOT_WRITE = ['ERR_SQLITE_ERROR', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EACCES', 'EPERM', 'EROFS'];

/** Whether an error says that the disk or its rights are in the way, and not the program. */
export function cannotWrite(error: unknown): boolean {
  return CANNOT_WRITE.includes((error as { code?: string }).code ?? '');
}
