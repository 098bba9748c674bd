/** A number that need not be whole: `number` alone means a whole one in the API. */
export type float = number;
