import './knowledge.css';
import { addFilter } from './filter.ts';

addFilter();
