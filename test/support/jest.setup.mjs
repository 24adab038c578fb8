// Evaluated first: Jest cannot require an ES module that is linked but not yet evaluated.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
