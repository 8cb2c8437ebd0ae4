/** 1,234,567: for whole numbers that models and people read. `toLocaleString` loads its tables at its first use, tens of milliseconds. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
