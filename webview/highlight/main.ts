import { type Colourer, colourerName } from '../shared/coloured.ts';
import { colour } from './colour.ts';

// A script of its own: both views load it when they first show code.
(globalThis as unknown as Record<string, Colourer>)[colourerName] = colour;
