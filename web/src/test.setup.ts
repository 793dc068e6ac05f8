// The page is inside as soon as a test begins: its words are here.
import { comeIn } from './text';

await comeIn();
